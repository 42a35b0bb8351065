// Where everybody is drawn, day by day: each group is a ball that shrinks as members leave, and who has
// muted it sinks to the bottom.

import { HERE, MUTED } from "./trace.js";

const TURN = Math.PI * (3 - Math.sqrt(5)); // the angle at which sunflowers lay their seeds

/** Places in a ball from its middle outwards, in units of the room that one member takes. */
export function lattice(size) {
  const places = Array.from({ length: size }, (_, k) => {
    const r = Math.sqrt(k + 0.5);
    return [r * Math.cos(k * TURN), r * Math.sin(k * TURN)];
  });
  const upwards = places.map((_, k) => k).sort((a, b) => places[b][1] - places[a][1]);
  return { places, upwards };
}

/** Members of the largest group on its largest day. */
export function largest(trace) {
  const { group } = trace.columns, most = new Uint32Array(Math.max(1, trace.groups));
  let all = 1;
  for (let at = 0; at <= trace.days; at++) {
    const marks = trace.marks(at);
    most.fill(0);
    for (let i = 0; i < marks.length; i++) if (marks[i] & HERE && group[i] >= 0) most[group[i]]++;
    all = Math.max(all, ...most);
  }
  return all;
}

/** The place of everybody on every evening, as rows of a flat array; -1 for who is not there. */
export function seats(trace, { upwards }) {
  const people = trace.persons, all = new Int16Array((trace.days + 1) * people).fill(-1);
  const members = Array.from({ length: Math.max(1, trace.groups) }, () => []);
  trace.columns.group.forEach((g, i) => { if (g >= 0) members[g].push(i); });
  const before = new Int16Array(people).fill(-1);
  for (let at = 0; at <= trace.days; at++) {
    const marks = trace.marks(at);
    for (const group of members) seat(group.filter((i) => marks[i] & HERE), marks, before, upwards);
    for (let i = 0; i < people; i++) if (!(marks[i] & HERE)) before[i] = -1;
    all.set(before, at * people);
  }
  return all;
}

/** Seat one group: the muted at the bottom, the others above; whoever can stay where they are does. */
function seat(here, marks, before, upwards) {
  const muted = here.filter((i) => marks[i] & MUTED).length;
  const open = upwards.filter((place) => place < here.length);
  const low = new Set(open.slice(0, muted)), high = new Set(open.slice(muted));
  const moving = [[], []];
  for (const i of here) {
    const own = marks[i] & MUTED ? low : high;
    if (!own.delete(before[i])) moving[own === low ? 0 : 1].push(i);
  }
  [low, high].forEach((free, k) => {
    const places = [...free];
    moving[k].forEach((i, nth) => (before[i] = places[nth]));
  });
}
