// A card: a kind of strategy with a switch, and each time that a team does it with its sliders and days.

import { el } from "../dom.js";
import { label } from "../fields.js";
import { has, kindName, lang, number, t } from "../words.js";

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The card of a kind; `taken`: as set at first, one for each time; `changed` is called when something is set. */
export function card(about, taken, days, changed) {
  const times = [];
  const list = el("div", { className: "times" });
  const more = el("button", { type: "button", className: "more" }, t("league.more"));
  const on = el("input", { type: "checkbox", role: "switch" });
  const hint = lang() === "zh" ? about.about_zh || about.about : about.about;
  const node = el("section", { className: "card" }, el("label", { className: "switch" }, el("span", {}, kindName(about.kind)), on), el("p", { className: "hint" }, hint), list, more);

  function add(one) {
    const made = time(about, one, days, changed, () => {
      times.splice(times.indexOf(made), 1);
      made.node.remove();
      drawn();
      changed();
    });
    times.push(made);
    list.append(made.node);
    drawn();
  }
  function drawn() {
    on.checked = times.length > 0;
    node.classList.toggle("on", on.checked);
    more.hidden = !times.length || times.length >= about.most;
    for (const one of times) one.alone(times.length === 1);
  }
  on.onchange = () => {
    if (on.checked) add(about.fresh);
    else for (const one of [...times]) { times.splice(times.indexOf(one), 1); one.node.remove(); }
    drawn();
    changed();
  };
  more.onclick = () => { add(about.fresh); changed(); };
  for (const one of taken) add(one);
  drawn();
  return { node, read: () => times.map((one) => one.read()), times };
}

function time(about, one, days, changed, remove) {
  const sliders = about.sliders.map((each) => slider(about.kind, each, one.settings[each.name] ?? each.low, changed));
  const week = one.weekdays && weekdays(one.weekdays, changed);
  const dates = one.first && range(one.first, one.last, days, changed);
  const cost = el("p", { className: "cost" });
  const away = el("button", { type: "button", className: "away", onclick: remove }, t("league.remove"));
  const node = el("div", { className: "time" }, el("div", { className: "top" }, cost, away), ...sliders.map((each) => each.node), week?.node ?? null, dates?.node ?? null);
  return {
    node,
    cost,
    alone: (is) => (away.hidden = is),
    read: () => ({
      kind: about.kind,
      like: one.like,
      settings: Object.fromEntries(sliders.map((each) => [each.name, each.read()])),
      weekdays: week ? week.read() : null,
      ...(dates ? dates.read() : { first: null, last: null }),
    }),
  };
}

const shown = (value, unit) => {
  if (unit === "share") return `${number(value)}%`;
  if (unit === "hour") return `${value}:00`;
  return has(`league.of.${unit}`) ? t(`league.of.${unit}`, { n: number(value) }) : number(value);
};

function range_input(caption, low, high, step, value, told, changed) {
  const input = el("input", { type: "range", min: low, max: high, step, value });
  const output = el("output");
  const draw = () => {
    output.textContent = told(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.oninput = () => { draw(); changed(); };
  draw();
  return { input, draw, node: el("label", { className: "slider" }, el("span", {}, caption), output, input) };
}

function slider(kind, about, given, changed) {
  const times = about.unit === "share" ? 100 : 1;
  const tidy = (value) => Number((value * times).toPrecision(10));
  const made = range_input(label(kind, about.name), tidy(about.low), tidy(about.high), tidy(about.step), tidy(given), (value) => shown(value, about.unit), changed);
  return { name: about.name, node: made.node, read: () => Number((Number(made.input.value) / times).toPrecision(10)) };
}

function weekdays(given, changed) {
  const boxes = WEEK.map((day) => el("input", { type: "checkbox", value: day, checked: given.includes(day), onchange: changed }));
  const words = (day) => t("weekday", { day: t(`choice.${day}`) });
  const node = el("div", { className: "days", role: "group", "aria-label": t("league.weekdays") }, ...boxes.map((box) => el("label", {}, box, el("span", {}, words(box.value)))));
  return { node, read: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}

/** From one day to another: neither passes the other. */
function range(first, last, days, changed) {
  const summary = el("summary");
  const told = (day) => t("league.day", { day: String(day) });
  const from = range_input(t("league.first"), 1, days, 1, first, told, () => after(from, to, (a, b) => a > b));
  const to = range_input(t("league.last"), 1, days, 1, last, told, () => after(to, from, (a, b) => a < b));
  const read = () => ({ first: Number(from.input.value), last: Number(to.input.value) });
  function draw() {
    summary.textContent = t("league.dates", { first: from.input.value, last: to.input.value });
  }
  function after(moved, other, passed) {
    if (passed(Number(moved.input.value), Number(other.input.value))) other.input.value = moved.input.value;
    other.draw();
    draw();
    changed();
  }
  draw();
  return { read, node: el("details", {}, summary, from.node, to.node) };
}
