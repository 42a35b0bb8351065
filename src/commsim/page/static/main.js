// The page: panels on one clock, and what people ask of it.

import { Clock } from "./clock.js";
import { $ } from "./dom.js";
import { Hearing } from "./hearing.js";
import { listen } from "./keys.js";
import { Lesson } from "./lesson.js";
import { Link } from "./link.js";
import { Members } from "./members.js";
import { Presenter } from "./present.js";
import { Stage } from "./stage.js";
import { speak, t } from "./words.js";

class Page {
  constructor() {
    this.panels = [];
    Object.assign(this, { pending: null, later: [], isStarting: false }); // what is asked for, and what waits for its answer
    this.chosen = 0; // the panel that keys mean
    this.open = null; // the panel whose levers are shown
    this.clock = new Clock((at, phase) => this.stage.tick(at, phase));
    this.stage = new Stage(this);
    this.hearing = new Hearing(this);
    this.presenter = new Presenter(() => this.stage.resize());
    this.lesson = new Lesson($("lesson"), this);
    this.members = new Members($("members"), $("story"), {
      ask: (person) => this.link.ask({ do: "story", person }),
      chosen: (person) => { for (const panel of this.panels) panel.choose(person); this.stage.redraw(); },
    });
    this.link = new Link((reply) => this.hearing.hear(reply), () => this.say(t("lost"), true));
    listen(this);
  }

  get traces() {
    return this.panels.map((panel) => panel.trace ?? null);
  }

  // What people do.

  start() {
    Object.assign(this, { pending: null, later: [], isStarting: true }); // until other panels come, nothing is told of these
    clearTimeout(this.hearing.judging);
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

  /** Ask something of a panel: when what was asked before is answered, if it is there still, and nothing is being run. */
  of(panel, asks, needsRuns = true) {
    const one = this.panels[panel];
    if (this.pending) return this.later.push(() => this.of(this.panels.indexOf(one), asks, needsRuns));
    if (one && !this.isStarting && (!needsRuns || this.traces.every(Boolean))) asks(one.index);
  }

  change(panel, name, settings) {
    this.of(panel, (index) => this.changeNow(index, name, settings));
  }

  changeNow(panel, name, settings) {
    const { clock } = this, { trace } = this.panels[panel], plays = clock.playing;
    const day = clock.position < trace.days ? clock.position : 0; // after the end: all of it, anew
    const from = trace.running(day).find((entry) => entry.name === name && entry.starts - entry.warm_up <= day) ?? null;
    this.pending = { key: "changed", panel, day: day + 1, plays, change: { day, name, from, to: settings } };
    clock.play(false);
    if (day !== clock.position) clock.go(day);
    this.chosen = panel;
    this.say(t("computing"));
    this.link.ask({ do: "change", panel, day, name, settings });
  }

  branch(panel) {
    this.of(panel, (index) => this.branchNow(index));
  }

  branchNow(panel) {
    const { trace } = this.panels[panel], day = Math.min(this.clock.position, trace.days - 1);
    if (this.panels.length >= this.most) return this.say(t("full"), true);
    this.pending = { key: "branched", parent: panel, day, plays: this.clock.playing };
    this.clock.play(false);
    this.say(t("computing"));
    this.link.ask({ do: "branch", panel, day });
  }

  why(panel, whole = false) {
    this.of(panel, (index) => {
      this.say(t("computing"));
      this.link.ask({ do: "why", panel: index, whole });
    });
  }

  save(panel) {
    this.of(panel, (index) => this.link.ask({ do: "save", panel: index }));
  }

  /** Put a panel away, also one whose run has failed; others have their number from then on. */
  close(panel) {
    this.of(panel, (index) => {
      this.pending = {};
      this.link.ask({ do: "close", panel: index });
    }, false);
  }

  /** Show a panel's levers beside the pictures (null: put them away); there is one place for them. */
  openLevers(panel) {
    this.open = this.stage.levers.forms.length ? panel : null; // a file with recorded runs has none
    if (panel !== null) this.chosen = panel;
    this.stage.showLevers();
    this.stage.resize();
    if (this.open === null) return;
    $("levers-title").focus({ preventScroll: true });
  }

  tell(person) {
    this.members.tell(person);
  }

  /** The panel that keys mean from now on. */
  choose(panel) {
    this.chosen = panel;
    this.panels.forEach((one, k) => one.node.classList.toggle("chosen", k === panel));
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
    this.say("");
    this.lesson.draw();
    this.hearing.showVerdict();
    if ($("why").open) this.hearing.showReasons();
    this.members.again();
    if (this.panels.length) this.stage.showCurves();
    this.stage.seenFrom(this.stage.view.isNear);
    this.stage.redraw();
  }
}

new Page();
