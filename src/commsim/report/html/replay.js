"use strict";
(() => {
  const data = JSON.parse(document.getElementById("replay-data").textContent);
  const slider = document.getElementById("day");
  const now = document.getElementById("now");
  const button = document.getElementById("play");
  const RECENT = 3, DOT = 4, STEP = 6, ACROSS = 20, PAD = 8, BAR = 5;
  const stages = data.plans.map(makeStage);
  let timer = 0;

  function makeStage(plan, number) {
    const box = document.createElement("div");
    const title = document.createElement("h3");
    const canvas = document.createElement("canvas");
    const facts = document.createElement("dl");
    box.className = "stage";
    title.className = "t" + number;
    const some = plan.groups < plan.of ? " (" + plan.groups + " / " + plan.of + ")" : "";
    title.textContent = plan.name + some;
    canvas.setAttribute("role", "img");
    box.append(title, canvas, facts);
    document.getElementById("stages").append(box);
    const values = {};
    for (const name of ["members", "looked in", "messages", "orders", "muted", "left", "profit so far"]) {
      const cell = document.createElement("div");
      const label = document.createElement("dt");
      const value = document.createElement("dd");
      label.textContent = data.words[name];
      cell.append(label, value);
      facts.append(cell);
      values[name] = value;
    }
    const lastOrder = new Int32Array(plan.group.length).fill(-99);
    return { plan, canvas, values, lastOrder, places: layOut(plan) };
  }

  function layOut(plan) {
    const sizes = new Array(plan.groups).fill(0);
    const inGroup = plan.group.map((group) => sizes[group]++);
    const tall = Math.max(...sizes.map((size) => Math.ceil(size / ACROSS)));
    const perRow = Math.min(plan.groups, 4);
    const block = { width: ACROSS * STEP + PAD * 2, height: tall * STEP + PAD * 2 + BAR };
    const corners = sizes.map((_, group) => [
      (group % perRow) * block.width + PAD, Math.floor(group / perRow) * block.height + PAD]);
    const dots = plan.group.map((group, person) => [
      corners[group][0] + (inGroup[person] % ACROSS) * STEP + STEP / 2,
      corners[group][1] + BAR + 3 + Math.floor(inGroup[person] / ACROSS) * STEP + STEP / 2]);
    return { corners, dots, width: perRow * block.width, height: Math.ceil(plan.groups / perRow) * block.height };
  }

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return { member: read("--c0"), order: read("--c1"), fresh: read("--c2"), muted: read("--open"),
      left: read("--rule"), bar: read("--soft"), rule: read("--rule") };
  }

  function recentOrders(stage, day) {
    stage.lastOrder.fill(-99);
    for (let d = Math.max(0, day - RECENT + 1); d <= day; d++)
      for (const person of stage.plan.orders[d] || []) stage.lastOrder[person] = d;
  }

  function draw(stage, day) {
    const { plan, canvas, places } = stage;
    const scale = 2, paint = colours(), last = plan.looked[0].length - 1;
    const at = Math.min(day, last);
    canvas.width = places.width * scale;
    canvas.height = places.height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    places.corners.forEach(([x, y], group) => {
      const wide = ACROSS * STEP;
      pen.fillStyle = paint.rule;
      pen.fillRect(x, y, wide, 3);
      pen.fillStyle = paint.bar;
      pen.fillRect(x, y, wide * plan.looked[group][at] / 100, 3);
    });
    recentOrders(stage, at);
    places.dots.forEach(([x, y], person) => {
      if (plan.joined[person] > at) return;
      const gone = plan.left[person] >= 0 && plan.left[person] <= at;
      const muted = plan.rung[person].filter((day) => day <= at).length % 2 === 1;
      const fresh = plan.joined[person] >= 0 && at - plan.joined[person] < RECENT;
      const bought = stage.lastOrder[person] >= 0;
      const radius = bought ? DOT * 0.68 : DOT / 2;
      pen.beginPath();
      pen.arc(x, y, gone ? 1 : muted && !bought ? DOT / 2 - 0.5 : radius, 0, 7);
      if (muted && !gone && !bought) {
        pen.strokeStyle = paint.muted;
        pen.stroke();
      } else {
        pen.fillStyle = bought ? paint.order : gone ? paint.left : fresh ? paint.fresh : paint.member;
        pen.fill();
      }
    });
    tell(stage, at);
  }

  function tell(stage, day) {
    const { plan, values } = stage;
    const sum = (name) => plan.daily[name].slice(0, day + 1).reduce((a, b) => a + b, 0);
    const told = { "members": plan.daily.members[day], "looked in": plan.daily.looked[day],
      "messages": plan.daily.messages[day], "orders": plan.daily.orders[day], "muted": plan.daily.muted[day],
      "left": sum("left"), "profit so far": plan.profit[day] };
    for (const [name, value] of Object.entries(told)) values[name].textContent = value.toLocaleString("en");
    stage.canvas.setAttribute("aria-label", plan.name + ", " + data.words.day + " " + (day + 1) + ": " +
      Object.entries(told).map(([name, value]) => data.words[name] + " " + value).join(", "));
  }

  function show() {
    const day = Number(slider.value);
    now.textContent = String(day + 1);
    slider.setAttribute("aria-valuetext", data.words.day + " " + (day + 1));
    for (const stage of stages) draw(stage, day);
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    button.textContent = button.dataset.play;
  }

  function play() {
    if (Number(slider.value) >= data.days - 1) slider.value = "0";
    button.textContent = button.dataset.pause;
    timer = setInterval(() => {
      slider.value = String(Number(slider.value) + 1);
      show();
      if (Number(slider.value) >= data.days - 1) pause();
    }, 160);
  }

  slider.max = String(data.days - 1);
  slider.addEventListener("input", show);
  button.addEventListener("click", () => (timer ? pause() : play()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  addEventListener("beforeprint", () => { slider.value = slider.max; show(); });
  show();
})();
