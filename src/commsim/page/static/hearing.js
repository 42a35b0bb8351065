// What the server says, and what the page makes of it.

import { note, title } from "./changes.js";
import { $ } from "./dom.js";
import { download } from "./download.js";
import { Levers } from "./levers.js";
import { Panel } from "./panel.js";
import { Trace } from "./trace.js";
import { lang, panelName, t } from "./words.js";
import { showWhy, withNames } from "./why.js";

const OF_PANELS = ["closed", "story", "suggested", "judged", "outlook", "why", "nearest"]; // replies that mean the panels there are
const QUIET = 700; // milliseconds after the last run before the plans are compared, so that levers come first

export class Hearing {
  /** Of a page, which keeps what is asked for (`pending`) until the answer comes. */
  constructor(page) {
    Object.assign(this, { page, verdict: null, reply: null, waits: false });
  }

  async hear(reply) {
    const { page } = this;
    if (page.isStarting && (reply instanceof ArrayBuffer || OF_PANELS.includes(reply.type))) return;
    if (reply instanceof ArrayBuffer) return this.take(new Trace(reply));
    const heard = {
      hello: (hello) => this.hello(hello), panels: ({ names, seed }) => this.panelsAre(names, seed),
      closed: ({ panel }) => this.closed(panel), story: (story) => page.members.told(story), suggested: ({ found }) => page.members.take(found),
      plan: (plan) => download(plan), refused: ({ what }) => this.refused(what),
      judged: ({ told }) => this.judged(told), outlook: ({ panel, found }) => this.outlook(panel, found), why: (reply) => this.reasons(reply),
      nearest: (found) => this.nearest(found), noted: ({ what }) => page.say(what),
      waiting: ({ seconds }) => { this.waits = true; page.say(t("waiting", { seconds })); },
    };
    await heard[reply.type](reply);
  }

  async hello(hello) {
    const { page } = this;
    page.stage.levers = new Levers($("levers").querySelector(".forms"), hello, (name, settings) => page.change(page.open, name, settings));
    page.most = hello.panels;
    Object.assign(page, { lessonSeeds: hello.lesson_seeds, firstSeed: hello.seed });
    page.lesson.steps = hello.lesson_steps;
    $("seed").value = hello.seed;
    $("seed").max = hello.seeds;
    $("language").value = hello.lang;
    await page.speak(hello.lang);
    if (hello.lesson) page.lesson.begin(0);
    else page.start();
  }

  panelsAre(names, seed) {
    const { page } = this;
    $("seed").value = seed;
    this.judged({});
    page.members.forget();
    page.isStarting = false;
    page.panels = names.map((name, index) => new Panel(index, page, name));
    Object.assign(page, { open: null, chosen: 0 });
    page.stage.cast = null;
    if (!page.stage.view.isChosen) page.stage.view.go(page.lesson.on ? 1 : 0, true);
    page.stage.arrange();
    page.clock.go(0);
  }

  take(trace) {
    const { page } = this, { pending } = page, isNew = trace.panel === page.panels.length;
    page.members.forget();
    if (isNew) page.panels.push(this.branchOf(pending));
    const panel = page.panels[trace.panel];
    trace.title = () => title(panel);
    if (pending?.change) {
      panel.before ??= panel.trace;
      panel.changes = pending.changes ?? note(panel.changes, pending.change);
      if (!panel.changes.length) panel.before = null;
    }
    panel.show(trace, page.stage.seen(trace));
    if (page.traces.every(Boolean)) for (const one of page.panels) one.see(page.stage.seen(one.trace));
    page.clock.days = Math.max(...page.traces.map((one) => one?.days ?? 0));
    page.stage.arrange();
    this.waits = false;
    page.say(pending?.key ? t(pending.key, { ...pending, name: panelName(trace) }) : "");
    page.stage.redraw();
    if (isNew && !page.presenter.on) page.openLevers(trace.panel);
    this.answered();
    this.judge();
  }

  /** A panel for a branch: it has its parent's plan so far, and takes the keys. */
  branchOf({ parent, day }) {
    const { page } = this, from = page.panels[parent], panel = new Panel(page.panels.length, page, from.root);
    Object.assign(panel, { changes: from.changes, branched: day });
    page.chosen = panel.index;
    return panel;
  }

  closed(index) {
    const { page } = this;
    page.members.forget();
    page.open = null;
    page.panels.splice(index, 1);
    page.say("");
    page.chosen = 0;
    page.panels.forEach((panel, k) => panel.renumber(k));
    page.stage.arrange();
    this.judge();
    page.stage.tick(page.clock.position, 0);
    this.answered();
  }

  /** Of recorded runs another may be the nearest to what was asked for: that is what has been changed. */
  nearest({ changes, told }) {
    const { page } = this, { pending } = page, day = changes.at(-1)?.day ?? pending.change.day;
    Object.assign(pending, { changes, day: day + 1, key: told ? "recorded.nearest" : pending.key });
    if (told) page.clock.go(day);
  }

  /** Ask what the plans are worth, once all have run and nobody has changed one for a moment; a lesson keeps its answer. */
  judge() {
    const { page } = this;
    this.judged({});
    clearTimeout(this.judging);
    if (!page.traces.every(Boolean)) return;
    this.judging = setTimeout(() => {
      if (!page.lesson.on) page.link.ask({ do: "suggest" });
      page.traces.forEach((trace, panel) => { if (trace && !trace.outlook) page.link.ask({ do: "outlook", panel }); });
      if (!page.lesson.on) page.link.ask({ do: "judge" });
    }, QUIET);
  }

  /** Where a panel's curves lie in other worlds, and what its members are worth after the run. */
  outlook(panel, found) {
    const { page } = this, trace = page.panels[panel]?.trace; // it may have been put away since it was asked for
    if (!trace) return;
    trace.outlook = found;
    page.panels[panel].tell(page.panels[panel].at ?? 0);
    page.stage.showCurves();
  }

  judged(told) {
    this.verdict = told;
    this.waited();
    this.showVerdict();
  }

  showVerdict() {
    const text = this.verdict?.[lang()] ?? "";
    $("judged").hidden = !text;
    $("judged").textContent = text && t("judged", { text: withNames(text, this.page.traces.filter(Boolean)) });
  }

  reasons(reply) {
    this.waited();
    this.reply = reply;
    this.page.say("");
    this.showReasons();
  }

  showReasons() {
    const { page } = this, { panel } = this.reply;
    showWhy($("why"), this.reply, page.panels[panel].trace, () => page.why(panel, true));
  }

  /** What was waited for has come. */
  waited() {
    if (this.waits) this.page.say("");
    this.waits = false;
  }

  refused(what) {
    const { page } = this;
    page.isStarting = false;
    for (const panel of page.panels) if (panel.trace) panel.tell(panel.at ?? 0); // sliders go back
    page.say(t("refused", { what: what[lang()] }), true);
    this.answered();
  }

  /** What was asked is done or refused: the clock goes on, and so does what was asked meanwhile. */
  answered() {
    const { page } = this, { pending } = page;
    page.pending = null;
    if (pending?.plays) page.clock.play(true);
    while (!page.pending && page.later.length) page.later.shift()();
  }
}
