// The line to a server that is not there: the same messages, answered from runs that this file holds.

import { t } from "./words.js";

const KINDS = ["advert", "content"];

export class Link {
  /** `hear` gets every reply, as from a server. */
  constructor(hear) {
    this.hear = hear;
    this.panels = [];
    this.opened = new Map(); // runs that have been unpacked, by their number
    this.asked = Promise.resolve();
    document.body.classList.add("recorded");
    this.later(async () => {
      this.table = JSON.parse(document.getElementById("recorded").textContent);
      await hear(this.table.hello);
      if (!("DecompressionStream" in globalThis)) this.refuse("recorded.old");
    });
  }

  /** One after the other, as a server answers. */
  later(does) {
    this.asked = this.asked.then(does).catch((error) => { console.error(error); this.hear({ type: "refused", what: String(error.message) }); });
  }

  ask(message) {
    this.later(() => this[message.do](message));
  }

  refuse(key, values = {}) {
    return this.hear({ type: "refused", what: t(key, values) });
  }

  async start({ seed, step }) {
    const start = this.table.starts[step === null ? 0 : step + 1];
    this.start_ = start;
    this.panels = start.runs.map((run, k) => ({ first: run, run, grid: start.grids?.[k] ?? null, day: null }));
    const runs = await Promise.all(start.runs.map((run) => this.open(run)));
    await this.hear({ type: "panels", names: runs.map((run) => run.name), seed: start.seed });
    for (const panel of this.panels.keys()) await this.show(panel);
    if (seed !== start.seed) await this.hear({ type: "noted", what: t("recorded.seed", { seed: start.seed }) });
  }

  /** The recorded run that is nearest to what a slider was set to; what is not quite that is told before it comes. */
  async change({ panel, day, name, settings }) {
    const one = this.panels[panel], { running } = await this.open(one.run);
    const kind = settings?.kind ?? running(day).find((entry) => entry.name === name)?.kind;
    if (!one.grid || !KINDS.includes(kind)) return this.refuse("recorded.sliders");
    const from = one.day !== null && day >= one.day ? one.day : near(this.table.grid.days, day);
    const before = from === one.day ? one.posts : one.grid.posts;
    const wanted = settings?.posts ?? 0, posts = { ...before, [kind]: near([...this.table.grid.posts[kind], one.grid.posts[kind]], wanted) };
    const key = `${from} ${posts.advert} ${posts.content}`;
    const run = KINDS.every((which) => posts[which] === one.grid.posts[which]) ? one.first : one.grid.runs[key];
    if (run === undefined) return this.refuse("recorded.sliders");
    const isAsItWas = from !== one.day;
    Object.assign(one, { run, posts, day: run === one.first ? null : from });
    if (from !== day || posts[kind] !== wanted || isAsItWas) {
      await this.hear({ type: "nearest", day: from, posts: posts[kind], fresh: isAsItWas, told: from !== day || posts[kind] !== wanted });
    }
    await this.show(panel);
  }

  async branch({ panel, day }) {
    this.panels.push({ ...this.panels[panel], branched: day });
    await this.show(this.panels.length - 1);
  }

  close({ panel }) {
    if (this.panels.length === 1) return this.refuse("recorded.last");
    this.panels.splice(panel, 1);
    return this.hear({ type: "closed", panel });
  }

  story() {
    return this.refuse("recorded.story");
  }

  why() {
    return this.refuse("recorded.why");
  }

  judge() {
    const { runs, judged = {} } = this.start_;
    const isFirst = this.panels.length === runs.length && this.panels.every((one, k) => one.run === runs[k]);
    return this.hear({ type: "judged", told: isFirst ? judged : {} });
  }

  outlook({ panel }) {
    return this.hear({ type: "outlook", panel, found: this.table.runs[this.panels[panel]?.run]?.outlook ?? {} });
  }

  async save({ panel }) {
    const { run } = this.panels[panel], { name } = await this.open(run);
    const yaml = new TextDecoder().decode(await unpacked(this.table.runs[run].plan));
    return this.hear({ type: "plan", panel, name, yaml });
  }

  /** A panel's run as a server sends it: number of the panel, length of the head, head, columns. */
  async show(panel) {
    const { head, columns } = await this.open(this.panels[panel].run);
    const reply = new Uint8Array(8 + head.length + columns.length);
    reply[0] = panel;
    new DataView(reply.buffer).setUint32(4, head.length, true);
    reply.set(head, 8);
    reply.set(columns, 8 + head.length);
    await this.hear(reply.buffer);
  }

  async open(at) {
    if (!this.opened.has(at)) this.opened.set(at, this.read(at));
    return this.opened.get(at);
  }

  async read(at) {
    const run = this.table.runs[at];
    const [head, columns] = await Promise.all([unpacked(run.head), unpacked(run.columns)]);
    if (run.beside !== null) {
      const other = (await this.open(run.beside)).columns;
      for (let i = 0; i < columns.length; i++) columns[i] ^= other[i];
    }
    const told = JSON.parse(new TextDecoder().decode(head));
    return { head, columns, name: told.name, running: (day) => told.entries.filter((entry) => entry.starts <= day && (entry.ends ?? told.days) >= day) };
  }
}

/** Bytes of a packed text. */
async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Of some numbers the nearest to one; of two as near, the first. */
function near(numbers, to) {
  return numbers.reduce((best, one) => (Math.abs(one - to) < Math.abs(best - to) ? one : best));
}
