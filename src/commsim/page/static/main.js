// The page: panels on one clock, curves below, and the line to the server.

import { largest } from "./balls.js";
import { note, title } from "./changes.js";
import { Clock } from "./clock.js";
import { Curves, LINES } from "./curves.js";
import { $ } from "./dom.js";
import { download } from "./download.js";
import { showGlossary } from "./glossary.js";
import { legend } from "./legend.js";
import { Lesson } from "./lesson.js";
import { Levers } from "./levers.js";
import { Link } from "./link.js";
import { castOf } from "./near.js";
import { Panel } from "./panel.js";
import { Presenter } from "./present.js";
import { showStory } from "./story.js";
import { HERE, Trace } from "./trace.js";
import { View } from "./view.js";
import { showWhy, withNames } from "./why.js";
import { date, lang, panelName, speak, t } from "./words.js";

const CURVES_A_SECOND = 12;
const GLIDES = 7; // days a second up to which marks glide to their places
const QUIET = 700; // milliseconds after the last run before the plans are compared, so that levers come first

class Page {
  constructor() {
    this.panels = [];
    Object.assign(this, { pending: null, later: [] }); // what is asked for, and what waits for its answer
    this.chosen = 0; // the panel that keys mean
    this.clock = new Clock((at, phase) => this.tick(at, phase));
    this.curves = new Curves($("curves"), $("more-curves"));
    this.view = new View(() => this.tick(this.clock.position, this.clock.phase), (isNear) => this.seenFrom(isNear));
    this.presenter = new Presenter(() => this.resize());
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
      judged: ({ told }) => this.judged(told), outlook: ({ panel, found }) => this.outlook(panel, found), why: (reply) => this.reasons(reply),
      nearest: (found) => this.nearest(found), noted: ({ what }) => this.say(what),
      waiting: ({ seconds }) => { this.waits = true; this.say(t("waiting", { seconds })); },
    };
    await heard[reply.type](reply);
  }

  async hello(hello) {
    this.levers = new Levers($("levers").querySelector(".forms"), hello, (name, settings) => this.change(this.open, name, settings));
    this.most = hello.panels;
    Object.assign(this, { lessonSeeds: hello.lesson_seeds, firstSeed: hello.seed });
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
    this.panels = names.map((name, index) => new Panel(index, this, name));
    Object.assign(this, { open: null, chosen: 0, cast: null });
    if (!this.view.isChosen) this.view.go(this.lesson.on ? 1 : 0, true);
    this.arrange();
    this.clock.go(0);
  }

  take(trace) {
    const { pending } = this, isNew = trace.panel === this.panels.length;
    if (isNew) this.panels.push(this.branchOf(pending));
    const panel = this.panels[trace.panel];
    trace.title = () => title(panel);
    if (pending?.change) {
      panel.before ??= panel.trace;
      panel.changes = note(panel.changes, pending.change);
      if (!panel.changes.length) panel.before = null;
    }
    panel.show(trace, this.seen(trace));
    if (this.traces.every(Boolean)) for (const one of this.panels) one.see(this.seen(one.trace));
    this.clock.days = Math.max(...this.traces.map((one) => one?.days ?? 0));
    this.arrange();
    this.waits = false;
    this.say(pending ? t(pending.key, { ...pending, name: panelName(trace) }) : "");
    this.tick(this.clock.position, this.clock.phase);
    if (isNew && !this.presenter.on) this.openLevers(trace.panel);
    this.answered();
    this.judge();
  }

  /** A panel for a branch: it has its parent's plan so far, and takes the keys. */
  branchOf({ parent, day }) {
    const from = this.panels[parent], panel = new Panel(this.panels.length, this, from.root);
    Object.assign(panel, { changes: from.changes, branched: day });
    this.chosen = panel.index;
    return panel;
  }

  /** What panels must know of each other: the most members of a group in any, and who is seen from near in all. */
  seen(trace) {
    const traces = this.traces.filter((one) => one?.one_by_one);
    const most = Math.max(1, ...[...traces, trace].filter((one) => one.one_by_one).map((one) => (one.largest ??= largest(one))));
    if (!trace.one_by_one) return { most, cast: [] };
    if (!this.cast && this.traces.every(Boolean)) this.cast = castOf([trace, ...traces.filter((one) => one !== trace && one.persons === trace.persons)]);
    const isAround = (person) => trace.marks(0)[person] & HERE;
    return { most, cast: this.cast?.every(isAround) ? this.cast : castOf([trace]) };
  }

  /** Ask what the plans are worth, once all have run and nobody has changed one for a moment; a lesson keeps its answer. */
  judge() {
    this.judged({});
    clearTimeout(this.judging);
    if (!this.traces.every(Boolean)) return;
    this.judging = setTimeout(() => {
      this.traces.forEach((trace, panel) => { if (trace && !trace.outlook) this.link.ask({ do: "outlook", panel }); });
      if (!this.lesson.on) this.link.ask({ do: "judge" });
    }, QUIET);
  }

  /** Where a panel's curves lie in other worlds, and what its members are worth after the run. */
  outlook(panel, found) {
    const { trace } = this.panels[panel];
    if (!trace) return;
    trace.outlook = found;
    this.panels[panel].tell(this.panels[panel].at ?? 0);
    this.showCurves();
  }

  judged(told) {
    this.verdict = told;
    this.waited();
    this.showVerdict();
  }

  showVerdict() {
    const text = this.verdict?.[lang()] ?? "";
    $("judged").hidden = !text;
    $("judged").textContent = text && t("judged", { text: withNames(text, this.traces.filter(Boolean)) });
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

  /** Of recorded runs another is the nearest to what was asked for: that is what has been changed. */
  nearest({ day, posts, fresh, told }) {
    const { pending } = this, { change } = pending, panel = this.panels[pending.panel];
    if (fresh) panel.changes = []; // no run was recorded with both
    Object.assign(change, { day, to: posts ? { ...(change.to ?? change.from), posts } : null });
    Object.assign(pending, { day: day + 1, key: told ? "recorded.nearest" : pending.key });
    this.clock.go(day);
  }

  /** What was waited for has come. */
  waited() {
    if (this.waits) this.say("");
    this.waits = false;
  }

  closed(index) {
    this.open = null;
    this.panels.splice(index, 1);
    this.say("");
    this.chosen = 0;
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

  /** What was asked is done or refused: the clock goes on, and so does what was asked meanwhile. */
  answered() {
    const { pending } = this;
    this.pending = null;
    if (pending?.plays) this.clock.play(true);
    this.later.shift()?.();
  }

  refused(what) {
    for (const panel of this.panels) if (panel.trace) panel.tell(panel.at ?? 0); // sliders go back
    this.say(t("refused", { what: what[lang()] }), true);
    this.answered();
  }

  // What people do.

  start() {
    Object.assign(this, { pending: null, later: [] });
    clearTimeout(this.judging);
    this.clock.playing = false;
    this.clock.position = 0;
    this.say(t("computing"));
    for (const panel of this.panels) panel.node.setAttribute("aria-busy", "true");
    this.link.ask({ do: "start", seed: Number($("seed").value), step: this.lesson.on ? this.lesson.step : null });
  }

  /** A step of the lesson begins in a world of its own, unless another was asked for. */
  begin(step) {
    $("seed").value = this.lessonSeeds?.[step] ?? $("seed").value;
    this.start();
  }

  end() {
    if (this.lessonSeeds?.length) $("seed").value = this.firstSeed;
    this.start();
  }

  change(panel, name, settings) {
    if (this.pending) return this.later.push(() => this.change(panel, name, settings));
    const { clock } = this, { trace } = this.panels[panel], plays = clock.playing;
    const day = clock.position < trace.days ? clock.position : 0; // after the end: all of it, anew
    const from = trace.running(day).find((entry) => entry.name === name) ?? null;
    this.pending = { key: "changed", panel, day: day + 1, plays, change: { day, name, from, to: settings } };
    clock.play(false);
    if (day !== clock.position) clock.go(day);
    this.chosen = panel;
    this.say(t("computing"));
    this.link.ask({ do: "change", panel, day, name, settings });
  }

  branch(panel) {
    if (this.pending) return this.later.push(() => this.branch(panel));
    const { trace } = this.panels[panel], day = Math.min(this.clock.position, trace.days - 1);
    if (this.panels.length >= this.most) return this.say(t("full"), true);
    this.pending = { key: "branched", parent: panel, day, plays: this.clock.playing };
    this.clock.play(false);
    this.say(t("computing"));
    this.link.ask({ do: "branch", panel, day });
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

  /** Show a panel's levers beside the pictures (null: put them away); there is one place for them. */
  openLevers(panel) {
    this.open = this.levers.forms.length ? panel : null; // a file with recorded runs has none
    if (panel !== null) this.chosen = panel;
    this.showLevers();
    this.resize();
    if (this.open === null) return;
    if (getComputedStyle($("levers")).position === "static") $("levers").scrollIntoView({ block: "nearest" }); // else it is beside
    $("levers-title").focus({ preventScroll: true });
  }

  seenFrom(isNear) {
    $("near").textContent = t(isNear ? "view.all" : "view.one");
    $("near").hidden = !this.traces.some((trace) => trace?.one_by_one);
    $("near-note").textContent = isNear && !$("near").hidden ? t("near.note", { faces: this.cast?.length ?? "" }) : "";
    if (!isNear && !this.spedUp && $("speed").value === "1") $("speed").value = this.clock.speed = 3;
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
      panel.words();
      panel.resize();
    });
    this.seenFrom(this.view.isNear);
    $("legend").replaceChildren(...legend(this.traces));
    this.showCurves();
  }

  showCurves() {
    const days = this.panels.map((panel) => panel.changes.map((change) => change.day));
    this.curves.show(this.traces, days, this.panels.map((panel) => panel.before));
    this.curves.draw(this.clock.position);
  }

  /** The room is another. */
  resize() {
    for (const panel of this.panels) panel.resize();
    this.curves.resize();
    this.tick(this.clock.position, this.clock.phase);
  }

  tick(at, phase) {
    document.body.classList.toggle("playing", this.clock.playing);
    const moves = this.clock.playing && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const glide = moves && this.clock.speed <= GLIDES ? Math.min(1, phase * 1.7) : 1;
    for (const panel of this.panels) panel.draw(at, { phase: moves ? phase : 0.3, glide, zoom: this.view.zoom });
    if (this.clock.playing) this.view.passed(at);
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
      : t("today", { day: at, days: this.clock.days, date: date(trace.start, at - 1) });
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
    const day = this.clock.position < trace.days ? this.clock.position : 0;
    $("levers").style.setProperty("--line", LINES[this.open].ink);
    $("levers-title").textContent = t("levers_of", { name: panelName(trace), day: day + 1 });
    this.levers.show(trace, day);
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
    if (this.panels.length) this.showCurves();
    this.seenFrom(this.view.isNear);
    this.tick(this.clock.position, this.clock.phase);
  }

  wire() {
    const { clock } = this;
    $("first").onclick = () => { clock.play(false); clock.go(0); };
    $("back").onclick = () => { clock.play(false); clock.go(clock.position - 1); };
    $("step").onclick = () => { clock.play(false); clock.go(clock.position + 1); };
    $("play").onclick = () => clock.play();
    $("position").oninput = () => { const at = Number($("position").value); clock.play(false); clock.go(at); };
    $("speed").onchange = () => { this.spedUp = true; clock.speed = Number($("speed").value); };
    clock.speed = Number($("speed").value);
    $("language").onchange = () => this.speak($("language").value);
    $("setup").onsubmit = (event) => { event.preventDefault(); this.start(); };
    $("levers-close").onclick = () => this.openLevers(null);
    $("near").onclick = () => this.view.toggle();
    $("present").onclick = () => this.presenter.set(true);
    $("find").onsubmit = (event) => { event.preventDefault(); this.tell(Number($("person").value)); };
    $("lesson-button").onclick = () => this.lesson.begin(0);
    $("glossary-button").onclick = () => showGlossary($("glossary"));
    $("figures").ontoggle = () => this.showDay(clock.position);
    $("story").onclose = () => { for (const panel of this.panels) panel.choose(-1); this.tick(clock.position, clock.phase); };
    $("more").ontoggle = () => this.curves.resize();
    addEventListener("resize", () => this.resize());
    addEventListener("keydown", (event) => this.key(event));
  }

  /** Space plays, arrows step, letters do the rest: wherever no control wants the key for itself. */
  key(event) {
    if (event.target.closest("input, select, button, textarea, summary, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, room = this.presenter;
    const nudge = (by) => () => this.panels[this.chosen]?.trace && this.panels[this.chosen].quick.nudge("advert", by);
    const does = {
      " ": () => this.clock.play(), ArrowRight: () => $("step").click(), ArrowLeft: () => $("back").click(), Home: () => $("first").click(),
      p: () => room.set(!room.on), b: () => this.branch(this.chosen), z: () => this.view.toggle(),
      ...(room.on ? { Escape: () => room.set(false), ArrowUp: nudge(1), ArrowDown: nudge(-1) } : {}),
      ...Object.fromEntries(this.panels.map((_, k) => [String(k + 1), () => this.choose(k)])),
    };
    if (!does[key]) return;
    event.preventDefault();
    does[key]();
  }

  /** The panel that keys mean from now on. */
  choose(panel) {
    this.chosen = panel;
    this.panels.forEach((one, k) => one.node.classList.toggle("chosen", k === panel));
  }
}

new Page();
