// A community from near: some members of one group as faces, and what falls into the group on a day.
// All of it is the run's own: who looks in, mutes, writes, orders and leaves are these very members.

import { inks, state } from "./marks.js";
import { BOUGHT, HERE, LOOKED, MUTED } from "./trace.js";
import { t } from "./words.js";

export const FACES = 40;

/** The group whose members look in most like those of all groups together, in all panels. */
export function typicalGroup(traces) {
  const groups = Math.max(1, traces[0].groups), far = new Float64Array(groups);
  for (const trace of traces) {
    const { group } = trace.columns;
    for (let at = 1; at <= trace.days; at++) {
      const marks = trace.marks(at), members = new Uint32Array(groups + 1), looked = new Uint32Array(groups + 1);
      for (let i = 0; i < marks.length; i++) {
        if (group[i] < 0 || !(marks[i] & HERE)) continue;
        for (const g of [group[i], groups]) { members[g]++; if (marks[i] & LOOKED) looked[g]++; }
      }
      const share = (g) => looked[g] / Math.max(1, members[g]);
      for (let g = 0; g < groups; g++) far[g] += Math.abs(share(g) - share(groups));
    }
  }
  return far.indexOf(Math.min(...far));
}

/** Who is seen from near in all panels: of a typical group's members at the start every so many'th, the keenest first. */
export function castOf(traces) {
  const first = traces[0], { group } = first.columns, start = first.marks(0), chosenGroup = typicalGroup(traces);
  const here = [...group.keys()].filter((i) => group[i] === chosenGroup && start[i] & HERE);
  const keen = new Map(here.map((i) => [i, 0]));
  for (const trace of traces) {
    for (let at = 1; at <= trace.days; at++) {
      const marks = trace.marks(at);
      for (const i of here) keen.set(i, keen.get(i) + (marks[i] & HERE ? 1 : 0) + (marks[i] & LOOKED ? 1 : 0));
    }
  }
  here.sort((a, b) => keen.get(b) - keen.get(a) || a - b);
  const shown = Math.min(FACES, here.length);
  const chosen = Array.from({ length: shown }, (_, k) => here[Math.floor(((k + 0.5) * here.length) / shown)]);
  return chosen.sort((a, b) => a - b);
}

export class Near {
  show(trace, cast) {
    Object.assign(this, { trace, cast });
  }

  /** A seat for each face, as large as they fit; cards fall from the top. */
  place(width, height) {
    const faces = Math.max(1, this.cast.length);
    Object.assign(this, { width, height });
    let best = [1, 0];
    for (let columns = 1; columns <= faces; columns++) {
      const side = Math.min(width / (columns + 0.5), height / (Math.ceil(faces / columns) + 0.4));
      if (side > best[1]) best = [columns, side];
    }
    const [columns, side] = best, rows = Math.ceil(faces / columns);
    this.r = side * 0.36;
    const left = (width - columns * side - (rows > 1 ? side * 0.25 : 0)) / 2, top = (height - rows * side) / 2 + side * 0.1;
    this.seats = this.cast.map((_, k) => {
      const row = Math.floor(k / columns);
      return [left + ((k % columns) + 0.5 + (row % 2 ? 0.25 : 0)) * side, top + (row + 0.5) * side];
    });
  }

  /** `zoom` from 0 (near) to 1: faces travel to their `far` seats in the balls. */
  draw(ctx, at, phase, isDark, zoom, far) {
    const ink = inks(isDark), marks = this.trace.marks(at), before = at > 0 ? this.trace.marks(at - 1) : marks;
    const wrote = at > 0 ? this.trace.row("wrote", at) : null, eased = zoom * zoom * (3 - 2 * zoom);
    this.cast.forEach((person, k) => {
      let [x, y] = this.seats[k], r = this.r;
      const mark = marks[person], leaves = before[person] & HERE && !(mark & HERE);
      ctx.globalAlpha = 1;
      if (zoom > 0) {
        const there = far(person);
        if (there) [x, y, r] = [x + (there[0] - x) * eased, y + (there[1] - y) * eased, Math.max(2, r * (1 - eased))];
        else ctx.globalAlpha = 1 - eased;
      }
      if (leaves) this.walkOut(ctx, x, y, r, phase, ink, zoom);
      else if (!(mark & HERE)) empty(ctx, x, y, r, ink);
      else {
        face(ctx, x, y, r, mark, ink, isDark);
        if (mark & MUTED && !(before[person] & MUTED)) ring(ctx, x, y, r * (1.1 + 0.3 * phase), 1 - phase, ink.gone);
        if (wrote?.[person] && zoom === 0) bubble(ctx, x, y, r, ink);
      }
    });
    ctx.globalAlpha = 1;
    if (at > 0 && zoom === 0) this.fall(ctx, at, phase);
  }

  /** Somebody goes: out by the nearer side, and their seat stays empty. */
  walkOut(ctx, x, y, r, phase, ink, zoom) {
    empty(ctx, x, y, r, ink);
    if (zoom > 0) return;
    const out = x < this.width / 2 ? -this.width / 3 : this.width / 3;
    ctx.globalAlpha = 1 - 0.9 * phase;
    face(ctx, x + out * phase, y - Math.abs(Math.sin(phase * 12)) * r * 0.25, r, HERE, { ...ink, quiet: ink.gone }, false, true);
    ctx.globalAlpha = 1;
  }

  /** The day's posts fall into the group: adverts, things to read, sales, envelopes. */
  fall(ctx, at, phase) {
    const cards = cardsOf(this.trace, at - 1), across = Math.max(1, cards.length);
    const wide = Math.min(120, this.width / (across + 0.6)), high = wide * 0.5;
    cards.forEach((what, k) => {
      const own = Math.max(0, Math.min(1, phase * 1.35 - (0.35 * k) / across));
      const x = ((k + 0.5) / across) * this.width, y = -0.6 * high + own ** 1.5 * (this.height + 1.2 * high);
      card(ctx, what, x, y, wide * 0.86, high, k % 2 ? 0.06 : -0.05);
    });
  }

  personAt(x, y) {
    const k = this.seats.findIndex((seat) => Math.hypot(seat[0] - x, seat[1] - y) < this.r * 1.2);
    return k < 0 ? -1 : this.cast[k];
  }
}

const CARDS = { post: "advert", preview: "sale", content: "content", story: "content", sale: "sale", team: "sale", envelope: "envelope" };
const MOST_CARDS = 8;

/** What fell on a day, a word each. */
export function cardsOf(trace, day) {
  const cards = [];
  for (const [, what, posts] of trace.deeds[day]) {
    const kind = CARDS[what] ?? (posts ? "advert" : null);
    for (let k = 0; kind && k < Math.max(1, posts); k++) cards.push(kind);
  }
  return cards.slice(0, MOST_CARDS);
}

const PAPER = { advert: ["#fff1c9", "#7a2600"], content: ["#e4f2ff", "#0b3a63"], sale: ["#ffd9c2", "#7a2600"], envelope: ["#c8102e", "#fff3d6"] };

function card(ctx, what, x, y, wide, high, tilt) {
  const [paper, ink] = PAPER[what];
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(tilt);
  ctx.fillStyle = paper;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.roundRect(-wide / 2, -high / 2, wide, high, 5);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.font = `600 ${Math.round(high * 0.42)}px system-ui, sans-serif`;
  ctx.fillText(t(`card.${what}`), 0, 0, wide * 0.9);
  ctx.restore();
}

/** A face: bright and smiling for who looked in, eyes shut and bell struck for who has muted. */
export function face(ctx, x, y, r, mark, ink, isDark, goes = false) {
  const what = state(mark), line = isDark ? "#11151a" : "#ffffff", muted = what === "muted";
  ctx.beginPath();
  if (mark & BOUGHT) ctx.roundRect(x - r * 0.95, y - r * 0.95, r * 1.9, r * 1.9, r * 0.25);
  else ctx.arc(x, y, muted ? r * 0.86 : r, 0, 7);
  ctx.fillStyle = ink[what];
  ctx.fill();
  ctx.strokeStyle = ctx.fillStyle = muted ? (isDark ? "#e3e8ec99" : "#2c343c99") : what === "buyer" ? "#2b1b00" : line;
  ctx.lineWidth = Math.max(1, r * 0.1);
  const eye = r * 0.33, up = y - r * 0.15;
  ctx.beginPath();
  if (muted) for (const side of [-eye, eye]) { ctx.moveTo(x + side - r * 0.17, up); ctx.lineTo(x + side + r * 0.17, up); }
  ctx.stroke();
  if (!muted) for (const side of [-eye, eye]) dot(ctx, x + side, up, r * (mark & LOOKED ? 0.15 : 0.1));
  ctx.beginPath();
  if (mark & (LOOKED | BOUGHT) && !goes) ctx.arc(x, y + r * 0.1, r * 0.45, 0.25, Math.PI - 0.25);
  else if (goes) ctx.arc(x, y + r * 0.75, r * 0.4, Math.PI + 0.4, -0.4);
  else { ctx.moveTo(x - r * 0.3, y + r * 0.4); ctx.lineTo(x + r * 0.3, y + r * 0.4); }
  ctx.stroke();
  if (mark & MUTED) bell(ctx, x + r * 0.78, y - r * 0.72, r * 0.36, isDark);
}

function dot(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  ctx.fill();
}

/** A bell, struck through. */
function bell(ctx, x, y, r, isDark) {
  ctx.strokeStyle = ctx.fillStyle = isDark ? "#d5dbe0" : "#3c454d";
  ctx.lineWidth = Math.max(1, r * 0.3);
  ctx.beginPath();
  ctx.moveTo(x - r * 0.7, y + r * 0.5);
  ctx.quadraticCurveTo(x - r * 0.5, y - r, x, y - r);
  ctx.quadraticCurveTo(x + r * 0.5, y - r, x + r * 0.7, y + r * 0.5);
  ctx.closePath();
  ctx.fill();
  ctx.beginPath();
  ctx.strokeStyle = isDark ? "#ff9db8" : "#b00040";
  ctx.moveTo(x - r, y + r);
  ctx.lineTo(x + r, y - r);
  ctx.stroke();
}

export function bubble(ctx, x, y, r, ink) {
  const [left, top] = [x - r * 1.25, y - r * 1.3];
  ctx.fillStyle = ink.edge;
  ctx.strokeStyle = ink.message;
  ctx.lineWidth = Math.max(1, r * 0.09);
  ctx.beginPath();
  ctx.roundRect(left, top, r, r * 0.6, r * 0.2);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = ink.message;
  for (const k of [1, 2, 3]) dot(ctx, left + (r * k) / 4, top + r * 0.3, r * 0.08);
}

/** A seat whose member is gone. */
export function empty(ctx, x, y, r, ink) {
  ctx.save();
  ctx.setLineDash([r * 0.2, r * 0.25]);
  ctx.strokeStyle = ink.muted;
  ctx.lineWidth = Math.max(1, r * 0.07);
  ctx.beginPath();
  ctx.arc(x, y, r * 0.8, 0, 7);
  ctx.stroke();
  ctx.restore();
}

function ring(ctx, x, y, r, alpha, colour) {
  ctx.save();
  ctx.globalAlpha = Math.max(0, alpha);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 3;
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  ctx.stroke();
  ctx.restore();
}
