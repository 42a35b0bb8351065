// The line to a server that is not there: the same messages, answered from runs that this file holds.

import { suggestions, telling } from "./gleaned.js";
import { unpacked } from "./inflate.js";
import { Recordings } from "./recordings.js";
import { Trace } from "./trace.js";
import { lang, t } from "./words.js";

const KINDS = ["advert", "content"];
const OTHER_DAY = 1, OTHER_POSTS = 3; // how much is amiss a day, and a post, of what was asked for
const EARLIER = 0.5; // the same of what was changed before

export class Link {
  /** `hear` gets every reply, as from a server. */
  constructor(hear) {
    this.hear = hear;
    this.panels = [];
    this.asked = Promise.resolve();
    document.body.classList.add("recorded");
    this.later(async () => {
      this.table = JSON.parse(document.getElementById("recorded").textContent);
      this.recordings = new Recordings(this.table);
      await hear(this.table.hello);
    });
  }

  /** One after the other, as a server answers. */
  later(does) {
    this.asked = this.asked.then(does).catch((error) => { console.error(error); this.refuse("recorded.damaged"); });
  }

  ask(message) {
    this.later(() => this[message.do](message));
  }

  refuse(key, values = {}) {
    return this.hear({ type: "refused", what: { [lang()]: t(key, values) } });
  }

  async start({ seed, step }) {
    const start = this.table.starts[step === null ? 0 : step + 1];
    this.begun = start;
    this.panels = start.runs.map((run, k) => ({ first: run, run, grid: start.grids?.[k] ?? null, way: [] }));
    await this.hear({ type: "panels", names: start.runs.map((run) => this.recordings.open(run).head.name), seed: start.seed });
    for (const panel of this.panels.keys()) await this.show(panel);
    if (seed !== start.seed) await this.hear({ type: "noted", what: t("recorded.seed", { seed: start.seed }) });
  }

  /** The recorded run that is nearest to what a slider was set to; what is not quite that is told before it comes. */
  async change({ panel, day, name, settings }) {
    const one = this.panels[panel], kind = settings?.kind ?? KINDS.find((each) => one.grid?.names[each] === name);
    if (!one.grid || !KINDS.includes(kind)) return this.refuse("recorded.sliders");
    const wanted = stepped(one, day, { [kind]: settings?.posts ?? 0 }), found = nearest(one.grid, wanted);
    Object.assign(one, { run: found.length ? one.grid.runs[key(found)] : one.first, way: found });
    await this.hear({ type: "nearest", changes: told(one.grid, found), told: key(found) !== key(wanted) });
    await this.show(panel);
  }

  async branch({ panel }) {
    this.panels.push({ ...this.panels[panel] });
    await this.show(this.panels.length - 1);
  }

  close({ panel }) {
    if (this.panels.length === 1) return this.refuse("recorded.last");
    this.panels.splice(panel, 1);
    return this.hear({ type: "closed", panel });
  }

  /** With reasons where they were recorded, else what the marks of the run tell. */
  story({ person }) {
    const { traces } = this;
    if (!traces.every((trace) => trace.one_by_one)) return this.refuse("recorded.story");
    return this.hear({ type: "story", person, panels: this.tellings(traces, person) });
  }

  tellings(traces, person) {
    const kept = this.recorded.stories?.[person];
    return traces.map((trace, k) => kept?.[this.begun.runs.indexOf(this.panels[k].run)] ?? telling(trace, person));
  }

  /** All of it at once, of the plans as they begin. */
  why({ panel }) {
    const { runs, reasons } = this.begun, at = reasons ? runs.indexOf(this.panels[panel].run) : -1;
    if (at < 0) return this.refuse("recorded.why");
    return this.hear({ ...unpacked(reasons)[at], panel });
  }

  judge() {
    return this.hear({ type: "judged", told: this.isAsBegun ? this.begun.judged ?? {} : {} });
  }

  /** Of changed plans by the marks of their runs, if the plans that they came from could be compared. */
  suggest() {
    const { traces, recorded } = this;
    if (this.isAsBegun || !recorded.stories || traces.length < 2) return this.hear({ type: "suggested", found: this.isAsBegun ? recorded : {} });
    return this.hear({ type: "suggested", found: suggestions(traces, (person) => this.tellings(traces, person)) });
  }

  /** What was found about members of the plans as they begin. */
  get recorded() {
    const { suggested } = this.begun;
    return (this.begun.unpacked ??= suggested ? unpacked(suggested) : {});
  }

  get traces() {
    return this.panels.map(({ run }, panel) => new Trace(this.recordings.message(run, panel)));
  }

  /** Whether the panels are those that it began with, none of them changed. */
  get isAsBegun() {
    const { runs } = this.begun;
    return this.panels.length === runs.length && this.panels.every((one, k) => one.run === runs[k]);
  }

  outlook({ panel }) {
    const { runs, outlooks } = this.begun, at = runs.indexOf(this.panels[panel]?.run);
    return this.hear({ type: "outlook", panel, found: at < 0 ? {} : unpacked(outlooks)[at] });
  }

  save({ panel }) {
    const { head: { name }, plan } = this.recordings.open(this.panels[panel].run);
    return this.hear({ type: "plan", panel, name, yaml: plan });
  }

  show(panel) {
    return this.hear(this.recordings.message(this.panels[panel].run, panel));
  }
}

const key = (way) => way.map(({ day, advert, content }) => `${day} ${advert} ${content}`).join(" ");

/** Steps from a key: from a day on, so many posts of each kind. */
function way(text) {
  const numbers = text.split(" ").map(Number), steps = [];
  for (let k = 0; k < numbers.length; k += 3) steps.push({ day: numbers[k], advert: numbers[k + 1], content: numbers[k + 2] });
  return steps;
}

/** A panel's way with other posts from a day on; what was changed on later days is no more. */
function stepped({ way: before, grid }, day, posts) {
  const past = before.filter((step) => step.day < day), now = before.find((step) => step.day === day);
  const step = { ...(past[past.length - 1] ?? grid.posts), ...now, ...posts, day };
  return changing(grid, [...past, step]);
}

/** A way without the steps that change nothing. */
function changing(grid, steps) {
  return steps.filter((step, k) => KINDS.some((kind) => step[kind] !== (steps[k - 1] ?? grid.posts)[kind]));
}

/** The recorded way that is the least amiss; none at all if none was asked for. */
function nearest(grid, wanted) {
  if (!wanted.length) return [];
  let best = [Infinity, null];
  for (const text of Object.keys(grid.runs)) {
    const far = amiss(way(text), wanted);
    if (far < best[0]) best = [far, text];
  }
  return best[1] === null ? [] : way(best[1]);
}

/** How far a way is from what was wanted: the last steps count most, and one that is missing more than any. */
function amiss(found, wanted) {
  let sum = 1000 * Math.abs(found.length - wanted.length);
  for (let k = 1; k <= Math.min(found.length, wanted.length); k++) {
    const one = found[found.length - k], two = wanted[wanted.length - k], weight = k === 1 ? 1 : EARLIER;
    sum += weight * (OTHER_DAY * Math.abs(one.day - two.day) + KINDS.reduce((all, kind) => all + OTHER_POSTS * Math.abs(one[kind] - two[kind]), 0));
  }
  return sum;
}

/** What a way changes, as the page notes it. */
function told(grid, steps) {
  return steps.flatMap((step, k) => KINDS.flatMap((kind) => {
    const before = (steps[k - 1] ?? grid.posts)[kind], entry = (posts) => (posts ? { kind, posts } : null);
    return before === step[kind] ? [] : [{ day: step.day, name: grid.names[kind], from: entry(before), to: entry(step[kind]) }];
  }));
}
