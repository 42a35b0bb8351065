// Recorded runs of a file, each unpacked when it is asked for (see commsim.page.recorder).

import { decoded } from "./decoding.js";
import { bytesOf, inflated, unpacked } from "./inflate.js";
import { patched } from "./patches.js";
import { CAME, HERE, INVITED, LEFT, LOOKED, MUTED } from "./trace.js";

const COUNTED = "#"; // stands for a daily number that is counted from marks and messages

export class Recordings {
  /** `runs`: first row, neighbours, marks and messages, other columns; `blocks` of so many (`block`) patches for all else. */
  constructor({ runs, blocks, block }) {
    Object.assign(this, { runs, blocks, block, opened: new Map(), patches: new Map() });
  }

  /** A run: its head, columns and plan. */
  open(at) {
    if (!this.opened.has(at)) this.opened.set(at, this.read(at));
    return this.opened.get(at);
  }

  read(at) {
    const [start, near, coded, rest] = this.runs[at], beside = near.map((one) => this.open(one)), patch = this.patch(at);
    const told = beside.length ? patched(beside[0].told, patch) : patch, { head, plan } = told;
    const shape = head.columns.marks?.[2], [rows, persons] = shape ?? [0, 0];
    const { marks, wrote } = decoded(bytesOf(coded), { rows, persons, start, beside });
    const others = rest === undefined ? beside[0].rest : inflated(bytesOf(rest));
    return { told, marks, wrote, rest: others, head: counted(head, marks, wrote), plan };
  }

  patch(at) {
    const block = Math.floor(at / this.block);
    if (!this.patches.has(block)) this.patches.set(block, unpacked(this.blocks[block]));
    return this.patches.get(block)[at % this.block];
  }

  /** A run as a server sends it to a panel: number of the panel, length of the head, head, columns. */
  message(at, panel) {
    const { head, marks, wrote, rest } = this.open(at), text = new TextEncoder().encode(JSON.stringify(head));
    const length = text.length + (-text.length & 3), places = Object.values(head.columns), [last, type, shape] = places[places.length - 1];
    const reply = new Uint8Array(8 + length + Math.max(last + size(type, shape), marks.length + wrote.length + rest.length));
    reply[0] = panel;
    new DataView(reply.buffer).setUint32(4, length, true);
    reply.fill(32, 8, 8 + length).set(text, 8);
    reply.set(marks, 8 + length);
    if (head.columns.wrote) reply.set(wrote, 8 + length + head.columns.wrote[0]);
    reply.set(rest, 8 + length + (head.columns.wrote ? head.columns.wrote[0] + wrote.length : 0));
    return reply.buffer;
  }
}

const size = (type, shape) => (Number(/\d+$/.exec(type)[0]) / 8) * shape.reduce((product, part) => product * part, 1);

/** The head with the daily numbers that were left out. */
function counted(head, marks, wrote) {
  const daily = { ...head.daily }, persons = marks.length / (head.days + 1);
  const days = (of) => Array.from({ length: head.days }, (_, day) => of(day));
  const count = (day, is) => {
    let sum = 0;
    for (let i = (day + 1) * persons; i < (day + 2) * persons; i++) if (is(marks[i], marks[i - persons])) sum++;
    return sum;
  };
  const known = {
    members: (mark) => mark & HERE, looked: (mark) => mark & LOOKED, muted: (mark) => mark & MUTED, joined: (mark) => mark & CAME,
    muted_today: (mark, before) => mark & MUTED && !(before & MUTED), invited: (mark) => mark & CAME && mark & INVITED,
    left: (mark, before) => mark & LEFT && !(before & LEFT),
  };
  for (const name of Object.keys(daily)) {
    if (daily[name] !== COUNTED) continue;
    if (name === "orders") daily[name] = days((day) => Object.values(head.sold[day]).reduce((sum, n) => sum + n, 0));
    else if (name === "messages") daily[name] = days((day) => wrote.subarray((day + 1) * persons, (day + 2) * persons).reduce((sum, n) => sum + n, 0));
    else daily[name] = days((day) => count(day, known[name]));
  }
  return { ...head, daily };
}
