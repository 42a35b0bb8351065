// What is seen: pictures, curves, the day on the clock, and the levers beside them.

import { largest } from "./balls.js";
import { Curves, LINES } from "./curves.js";
import { $ } from "./dom.js";
import { legend } from "./legend.js";
import { castOf } from "./near.js";
import { HERE } from "./trace.js";
import { View } from "./view.js";
import { date, panelName, t } from "./words.js";

const CURVES_A_SECOND = 12;
const GLIDES = 7; // days a second up to which marks glide to their places

export class Stage {
  /** Draws a page's panels as its clock goes. */
  constructor(page) {
    this.page = page;
    this.curves = new Curves($("curves"), $("more-curves"));
    this.view = new View(() => this.redraw(), (isNear) => this.seenFrom(isNear));
    this.cast = null; // who is seen from near
  }

  redraw() {
    this.tick(this.page.clock.position, this.page.clock.phase);
  }

  arrange() {
    const { page } = this;
    $("panels").replaceChildren(...page.panels.map((panel) => panel.node));
    $("panels").dataset.count = page.panels.length;
    page.panels.forEach((panel, k) => {
      panel.node.style.setProperty("--line", LINES[k].ink);
      panel.node.dataset.dash = k;
      panel.find(".branch").disabled = page.panels.length >= page.most;
      panel.find(".close").hidden = page.panels.length < 2;
      panel.words();
      panel.resize();
    });
    this.seenFrom(this.view.isNear);
    this.showCurves();
  }

  showCurves() {
    const { page } = this, days = page.panels.map((panel) => panel.changes.map((change) => change.day));
    this.curves.show(page.traces, days, page.panels.map((panel) => panel.before));
    this.curves.draw(page.clock.position);
  }

  /** The room is another. */
  resize() {
    const { page } = this;
    for (const panel of page.panels) panel.resize();
    this.curves.resize();
    this.note();
    this.redraw();
  }

  /** What panels must know of each other: the most members of a group in any, and who is seen from near in all. */
  seen(trace) {
    const { page } = this, traces = page.traces.filter((one) => one?.one_by_one);
    const most = Math.max(1, ...[...traces, trace].filter((one) => one.one_by_one).map((one) => (one.largest ??= largest(one))));
    if (!trace.one_by_one) return { most, cast: [] };
    if (!this.cast && page.traces.every(Boolean)) this.cast = castOf([trace, ...traces.filter((one) => one !== trace && one.persons === trace.persons)]);
    const isAround = (person) => trace.marks(0)[person] & HERE;
    return { most, cast: this.cast?.every(isAround) ? this.cast : castOf([trace]) };
  }

  seenFrom(isNear) {
    const { page } = this;
    $("near").textContent = t(isNear ? "view.all" : "view.one");
    $("near").hidden = !page.traces.some((trace) => trace?.one_by_one);
    this.note();
    $("legend").replaceChildren(...legend(page.traces, isNear));
    if (!isNear && !page.spedUp && $("speed").value === "1") $("speed").value = page.clock.speed = 3;
  }

  /** What the pictures leave out. */
  note() {
    const { page, view } = this, { drawing, trace } = page.panels[0] ?? {};
    const faces = view.isNear && !$("near").hidden ? t("near.note", { faces: this.cast?.length ?? "" }) : "";
    const some = drawing?.drawn < trace?.groups ? t("far.note", { drawn: drawing.drawn, groups: trace.groups }) : "";
    $("near-note").textContent = faces || some;
  }

  tick(at, phase) {
    const { page } = this;
    document.body.classList.toggle("playing", page.clock.playing);
    const moves = page.clock.playing && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const glide = moves && page.clock.speed <= GLIDES ? Math.min(1, phase * 1.7) : 1;
    for (const panel of page.panels) panel.draw(at, { phase: moves ? phase : 0.3, glide, zoom: this.view.zoom });
    if (page.clock.playing) this.view.passed(at);
    const now = performance.now();
    if (!page.clock.playing || now - (this.drewCurves ?? 0) > 1000 / CURVES_A_SECOND) {
      this.drewCurves = now;
      this.curves.draw(at);
    }
    if (at !== this.at || !page.clock.playing) this.showDay(at);
    page.lesson.see(at, page.traces);
  }

  showDay(at) {
    const { page } = this;
    this.at = at;
    const trace = page.traces.find(Boolean);
    $("position").max = page.clock.days;
    $("position").value = at;
    const told = !trace ? "" : at === 0 ? t("before_day", { days: page.clock.days })
      : t("today", { day: at, days: page.clock.days, date: date(trace.start, at - 1) });
    $("today").textContent = told;
    $("position").setAttribute("aria-valuetext", told);
    $("play").lastElementChild.textContent = t(page.clock.playing ? "pause" : "play");
    for (const panel of page.panels) panel.find(".happened").setAttribute("aria-live", page.clock.playing ? "off" : "polite");
    this.showLevers();
    page.members.until(at, page.traces);
    if ($("figures").open && !page.clock.playing) $("table").replaceChildren(this.curves.table(at));
  }

  showLevers() {
    const { page } = this, trace = page.open === null ? null : page.panels[page.open].trace;
    $("levers").hidden = !trace;
    page.panels.forEach((panel, k) => panel.find(".open").setAttribute("aria-expanded", String(k === page.open)));
    if (!trace) return;
    const day = page.clock.position < trace.days ? page.clock.position : 0;
    $("levers").style.setProperty("--line", LINES[page.open].ink);
    $("levers-title").textContent = t("levers_of", { name: panelName(trace), day: day + 1 });
    this.levers.show(trace, day);
  }
}
