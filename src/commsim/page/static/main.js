// The page: panels on one clock, curves below, and the line to the server.

import { Clock } from "./clock.js";
import { Curves, LINES } from "./curves.js";
import { $ } from "./dom.js";
import { download } from "./download.js";
import { showGlossary } from "./glossary.js";
import { legend } from "./legend.js";
import { Lesson } from "./lesson.js";
import { Levers } from "./levers.js";
import { Link } from "./link.js";
import { Panel } from "./panel.js";
import { showStory } from "./story.js";
import { Trace } from "./trace.js";
import { showWhy, withNames } from "./why.js";
import { date, lang, planName, speak, t } from "./words.js";

const CURVES_A_SECOND = 12;
const QUIET = 700; // milliseconds after the last run before the plans are compared, so that levers come first

class Page {
  constructor() {
    this.panels = [];
    this.changes = [];
    this.clock = new Clock((at, phase) => this.tick(at, phase));
    this.curves = new Curves($("curves"));
    this.lesson = new Lesson($("lesson"), this);
    this.story = null;
    this.open = null; // the panel whose levers are shown
    this.link = new Link((reply) => this.hear(reply), () => this.say(t("lost"), true));
    this.wire();
  }

  get traces() {
    return this.panels.map((panel) => panel.trace ?? null);
  }

  // What the server says.

  async hear(reply) {
    if (reply instanceof ArrayBuffer) return this.take(new Trace(reply));
    const heard = {
      hello: (hello) => this.hello(hello), panels: ({ names, seed }) => this.panelsAre(names, seed),
      closed: ({ panel }) => this.closed(panel), story: (story) => this.told(story),
      plan: (plan) => download(plan), refused: ({ what }) => this.refused(what),
      judged: ({ told }) => this.judged(told), why: (reply) => this.reasons(reply),
      waiting: ({ seconds }) => { this.waits = true; this.say(t("waiting", { seconds })); },
    };
    await heard[reply.type](reply);
  }

  async hello(hello) {
    this.levers = new Levers($("levers").querySelector(".forms"), hello, (name, settings) => this.change(this.open, name, settings));
    this.most = hello.panels;
    $("seed").value = hello.seed;
    $("seed").max = hello.seeds;
    $("language").value = hello.lang;
    await this.speak(hello.lang);
    if (hello.lesson) this.lesson.begin(0);
    else this.start();
  }

  panelsAre(names, seed) {
    $("seed").value = seed;
    this.judged({});
    this.panels = names.map((_, index) => new Panel(index, this));
    this.changes = names.map(() => []);
    this.open = null;
    this.arrange();
    this.clock.go(0);
  }

  take(trace) {
    const isNew = trace.panel === this.panels.length;
    if (isNew) {
      this.panels.push(new Panel(trace.panel, this));
      this.changes.push([]);
    }
    this.panels[trace.panel].show(trace);
    this.clock.days = Math.max(...this.traces.map((one) => one?.days ?? 0));
    this.arrange();
    this.say(this.pending ? t(this.pending.key, this.pending) : "");
    this.pending = null;
    this.tick(this.clock.position, this.clock.phase);
    if (isNew) this.openLevers(trace.panel);
    this.judge();
  }

  /** Ask what the plans are worth, once all have run and nobody has changed one for a moment; a lesson keeps its answer. */
  judge() {
    this.judged({});
    clearTimeout(this.judging);
    if (!this.lesson.on && this.traces.every(Boolean)) this.judging = setTimeout(() => this.link.ask({ do: "judge" }), QUIET);
  }

  judged(told) {
    this.verdict = told;
    this.waited();
    this.showVerdict();
  }

  showVerdict() {
    const text = this.verdict?.[lang()] ?? "";
    $("judged").hidden = !text;
    $("judged").textContent = text && t("judged", { text: withNames(text, ["doing nothing", ...this.traces.filter(Boolean).map((trace) => trace.name)]) });
  }

  reasons(reply) {
    this.waited();
    this.reply = reply;
    this.say("");
    this.showReasons();
  }

  showReasons() {
    const { panel } = this.reply;
    showWhy($("why"), this.reply, this.panels[panel].trace, () => this.why(panel, true));
  }

  /** What was waited for has come. */
  waited() {
    if (this.waits) this.say("");
    this.waits = false;
  }

  closed(index) {
    this.open = null;
    this.panels.splice(index, 1);
    this.changes.splice(index, 1);
    this.panels.forEach((panel, k) => panel.renumber(k));
    this.arrange();
    this.judge();
    this.tick(this.clock.position, 0);
  }

  told(story) {
    this.story = story;
    for (const panel of this.panels) panel.choose(story.person);
    this.tick(this.clock.position, this.clock.phase);
    showStory($("story"), story, this.traces);
  }

  refused(what) {
    if (this.pending?.day !== undefined) this.changes[this.pending.panel]?.pop();
    this.pending = null;
    this.say(t("refused", { what }), true);
  }

  // What people do.

  start() {
    this.clock.playing = false;
    this.clock.position = 0;
    this.say(t("computing"));
    for (const panel of this.panels) panel.node.setAttribute("aria-busy", "true");
    this.link.ask({ do: "start", seed: Number($("seed").value), step: this.lesson.on ? this.lesson.step : null });
  }

  begin() {
    this.start();
  }

  end() {
    this.start();
  }

  change(panel, name, settings) {
    const day = this.clock.position;
    this.changes[panel].push(day);
    this.pending = { key: "changed", panel, day, name: planName(this.panels[panel].trace.name) };
    this.say(t("computing"));
    this.link.ask({ do: "change", panel, day, name, settings });
  }

  branch(panel) {
    this.pending = { key: "branched", name: planName(this.panels[panel].trace.name) };
    this.say(t("computing"));
    this.link.ask({ do: "branch", panel, day: this.clock.position });
  }

  why(panel, whole = false) {
    this.say(t("computing"));
    this.link.ask({ do: "why", panel, whole });
  }

  save(panel) {
    this.link.ask({ do: "save", panel });
  }

  close(panel) {
    this.link.ask({ do: "close", panel });
  }

  /** Show a panel's levers, or put them away; there is one place for them. */
  openLevers(panel) {
    this.open = this.open === panel ? null : panel;
    this.showLevers();
    if (this.open === null) return;
    $("levers").scrollIntoView({ block: "nearest" });
    $("levers-title").focus({ preventScroll: true });
  }

  tell(person) {
    this.link.ask({ do: "story", person });
  }

  // What is drawn.

  arrange() {
    $("panels").replaceChildren(...this.panels.map((panel) => panel.node));
    $("panels").dataset.count = this.panels.length;
    this.panels.forEach((panel, k) => {
      panel.node.style.setProperty("--line", LINES[k].ink);
      panel.node.dataset.dash = k;
      panel.find(".branch").disabled = this.panels.length >= this.most;
      panel.find(".close").hidden = this.panels.length < 2;
      panel.resize();
    });
    $("legend").replaceChildren(...legend(this.traces));
    this.curves.show(this.traces, this.changes);
  }

  tick(at, phase) {
    document.body.classList.toggle("playing", this.clock.playing);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const panel of this.panels) panel.draw(at, this.clock.playing && !calm ? phase : 0.3);
    const now = performance.now();
    if (!this.clock.playing || now - (this.drewCurves ?? 0) > 1000 / CURVES_A_SECOND) {
      this.drewCurves = now;
      this.curves.draw(at);
    }
    if (at !== this.at || !this.clock.playing) this.showDay(at);
    if (at === this.clock.days && at > 0) this.lesson.finish(this.traces);
  }

  showDay(at) {
    this.at = at;
    const trace = this.traces.find(Boolean);
    $("position").max = this.clock.days;
    $("position").value = at;
    const told = !trace ? "" : at === 0 ? t("before_day", { days: this.clock.days })
      : t("today", { day: at - 1, days: this.clock.days, date: date(trace.start, at - 1) });
    $("today").textContent = told;
    $("position").setAttribute("aria-valuetext", told);
    $("play").lastElementChild.textContent = t(this.clock.playing ? "pause" : "play");
    for (const panel of this.panels) panel.find(".happened").setAttribute("aria-live", this.clock.playing ? "off" : "polite");
    this.showLevers();
    if ($("figures").open && !this.clock.playing) $("table").replaceChildren(this.curves.table(at));
  }

  showLevers() {
    const trace = this.open === null ? null : this.panels[this.open].trace;
    $("levers").hidden = !trace;
    this.panels.forEach((panel, k) => panel.find(".open").setAttribute("aria-expanded", String(k === this.open)));
    if (!trace) return;
    const day = this.clock.position, isOver = day >= trace.days, name = planName(trace.name);
    $("levers").style.setProperty("--line", LINES[this.open].ink);
    $("levers-title").textContent = isOver ? `${name}: ${t("levers_over")}` : t("levers_of", { name, day });
    this.levers.show(trace, Math.min(day, trace.days - 1));
    for (const button of $("levers").querySelectorAll("form button")) button.disabled = isOver;
  }

  say(text, isBad = false) {
    $("status").textContent = text;
    $("status").classList.toggle("bad", isBad);
  }

  async speak(wanted) {
    await speak(wanted);
    for (const panel of this.panels) {
      panel.words();
      panel.told = null;
    }
    $("legend").replaceChildren(...legend(this.traces));
    this.say("");
    this.lesson.draw();
    this.showVerdict();
    if ($("why").open) this.showReasons();
    if ($("story").open) showStory($("story"), this.story, this.traces);
    if (this.panels.length) this.curves.show(this.traces, this.changes);
    this.tick(this.clock.position, this.clock.phase);
  }

  wire() {
    const { clock } = this;
    $("first").onclick = () => { clock.play(false); clock.go(0); };
    $("back").onclick = () => { clock.play(false); clock.go(clock.position - 1); };
    $("step").onclick = () => { clock.play(false); clock.go(clock.position + 1); };
    $("play").onclick = () => clock.play();
    $("position").oninput = () => { const at = Number($("position").value); clock.play(false); clock.go(at); };
    $("speed").onchange = () => (clock.speed = Number($("speed").value));
    clock.speed = Number($("speed").value);
    $("language").onchange = () => this.speak($("language").value);
    $("setup").onsubmit = (event) => { event.preventDefault(); this.start(); };
    $("levers-close").onclick = () => this.openLevers(this.open);
    $("find").onsubmit = (event) => { event.preventDefault(); this.tell(Number($("person").value)); };
    $("lesson-button").onclick = () => this.lesson.begin(0);
    $("glossary-button").onclick = () => showGlossary($("glossary"));
    $("figures").ontoggle = () => this.showDay(clock.position);
    $("story").onclose = () => { for (const panel of this.panels) panel.choose(-1); this.tick(clock.position, clock.phase); };
    addEventListener("resize", () => { for (const panel of this.panels) panel.resize(); this.curves.resize(); this.tick(clock.position, clock.phase); });
    addEventListener("keydown", (event) => this.key(event));
  }

  /** Space plays, arrows step: wherever no control wants the key for itself. */
  key(event) {
    if (event.target.closest("input, select, button, textarea, summary, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = { " ": () => $("play").click(), ArrowRight: () => $("step").click(), ArrowLeft: () => $("back").click(), Home: () => $("first").click() };
    if (!does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  }
}

new Page();
