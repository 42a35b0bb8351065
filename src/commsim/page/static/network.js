// The members of a community: every group a ball, every member a mark in it; or, from near, some of one group.

import { lattice, seats } from "./balls.js";
import { inks, leaving, pulse, stamp, state, STATES } from "./marks.js";
import { Near } from "./near.js";
import { BOUGHT, HERE, PAID } from "./trace.js";

const SIZES = 7;
const NARROW = 260, LEAST = 2.4; // on a canvas of less width only groups are drawn whose members have so much room
const SMOOTH = 6000; // marks up to which they glide to their places

export class Network {
  constructor(canvas) {
    this.canvas = canvas;
    this.chosen = -1;
    this.zoom = 1; // 0: some of one group, from near; 1: everybody
    this.near = new Near();
  }

  /** `most`: members of the largest group of all panels, so that balls can be compared; `cast`: who is seen from near. */
  show(trace, most, cast) {
    if (trace !== this.trace || most !== this.most) {
      this.lattice = lattice(most + 1);
      this.seats = seats(trace, this.lattice);
    }
    Object.assign(this, { trace, most });
    this.near.show(trace, cast);
    this.resize();
  }

  resize() {
    const { canvas } = this;
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (!this.trace || !width || !height) return;
    this.scale = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * this.scale;
    canvas.height = height * this.scale;
    this.ctx = canvas.getContext("2d");
    this.place(width, height);
    this.near.place(width, height);
    this.still = document.createElement("canvas");
    this.still.width = canvas.width;
    this.still.height = canvas.height;
    this.stamps = {};
    this.at = -1;
  }

  /** The middle of every ball that is drawn, and the room that a member takes in it. */
  place(width, height) {
    const groups = Math.max(1, this.trace.groups), first = Math.max(0, this.trace.columns.group[this.near.cast[0]] ?? 0);
    const unit = (some) => (grid(some, width, height)[1] * 0.475) / Math.sqrt(this.most + 1);
    this.drawn = groups;
    if (width < NARROW) while (this.drawn > 1 && unit(this.drawn) < LEAST) this.drawn--;
    const [columns, cell] = grid(this.drawn, width, height), rows = Math.ceil(this.drawn / columns);
    this.unit = unit(this.drawn);
    this.radius = Math.max(1, Math.min(9, this.unit * 0.86));
    this.middles = Array.from({ length: groups }, () => null);
    for (let k = 0; k < this.drawn; k++) {
      const row = Math.floor(k / columns), inRow = Math.min(columns, this.drawn - row * columns);
      this.middles[(first + k) % groups] = [(width - inRow * cell) / 2 + ((k % columns) + 0.5) * cell, (height - rows * cell) / 2 + (row + 0.5) * cell];
    }
  }

  /** Where somebody is on an evening; null for who is not there. */
  seat(person, at) {
    const place = this.seats[at * this.trace.persons + person], middle = this.middles[this.trace.columns.group[person]];
    if (place < 0 || !middle) return null;
    const [x, y] = this.lattice.places[place];
    return [middle[0] + x * this.unit, middle[1] + y * this.unit];
  }

  stampsOf(isDark) {
    const ink = inks(isDark);
    return (this.stamps[isDark] ??= Object.fromEntries(STATES.map((what) => [what, Array.from({ length: SIZES }, (_, size) => {
      const r = this.radius * (0.8 + 0.13 * size);
      return { image: stamp(what, r, this.scale, ink), r: r + 1.5 };
    })])));
  }

  /** `glide`: how far everybody is on the way from yesterday's place to today's. */
  draw(at, phase, glide, isDark) {
    if (!this.ctx || !this.middles) return;
    const { ctx } = this, glides = glide < 1 && at > 0 && this.trace.persons <= SMOOTH;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.zoom > 0) {
      ctx.globalAlpha = this.zoom;
      if (glides) this.drawMarks(ctx, at, glide, isDark);
      else {
        if (at !== this.at || isDark !== this.wasDark) this.drawStill(at, isDark);
        ctx.drawImage(this.still, 0, 0);
      }
      ctx.globalAlpha = 1;
    }
    ctx.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    if (this.zoom === 1 && at > 0) this.drawPulses(at, phase, inks(isDark));
    if (this.zoom < 1) this.near.draw(ctx, at, phase, isDark, this.zoom, (person) => this.seat(person, at));
    if (this.zoom === 1 && this.chosen >= 0) this.drawChosen(at, isDark);
  }

  /** The day's members where they end up; drawn once a day, and copied while its pulses fade. */
  drawStill(at, isDark) {
    [this.at, this.wasDark] = [at, isDark];
    const ctx = this.still.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.still.width, this.still.height);
    this.drawMarks(ctx, at, 1, isDark);
  }

  drawMarks(ctx, at, glide, isDark) {
    const { persons, columns: { group } } = this.trace, { places } = this.lattice;
    const marks = this.trace.marks(at), week = this.week(at), stamps = this.stampsOf(isDark), eased = glide * glide * (3 - 2 * glide);
    const now = at * persons, before = glide < 1 ? now - persons : now;
    for (let i = 0; i < persons; i++) {
      const what = group[i] < 0 ? null : state(marks[i]), place = this.seats[now + i];
      if (what === null || place < 0 || !this.middles[group[i]]) continue;
      let [x, y] = places[place];
      const was = this.seats[before + i];
      if (was >= 0 && was !== place) {
        x = places[was][0] + (x - places[was][0]) * eased;
        y = places[was][1] + (y - places[was][1]) * eased;
      }
      const middle = this.middles[group[i]], size = Math.min(SIZES - 1, Math.floor(1.3 * Math.sqrt(week[i])));
      const { image, r } = stamps[what][size];
      ctx.drawImage(image, (middle[0] + x * this.unit - r) * this.scale, (middle[1] + y * this.unit - r) * this.scale);
    }
  }

  week(at) {
    if (this.weekOf !== at || this.weekIn !== this.trace) [this.weekOf, this.weekIn, this.sums] = [at, this.trace, this.trace.week(at)];
    return this.sums;
  }

  drawPulses(at, phase, ink) {
    const marks = this.trace.marks(at), before = this.trace.marks(at - 1), wrote = this.trace.row("wrote", at), { group } = this.trace.columns;
    for (let i = 0; i < marks.length; i++) {
      if (group[i] < 0) continue;
      if (before[i] & HERE && !(marks[i] & HERE)) this.drawLeaving(i, at - 1, phase, ink);
      if (!wrote[i] && !(marks[i] & (BOUGHT | PAID))) continue;
      const seat = this.seat(i, at);
      if (!seat) continue;
      if (wrote[i]) pulse(this.ctx, "message", ...seat, this.radius, phase, ink);
      if (marks[i] & BOUGHT) pulse(this.ctx, "order", ...seat, this.radius, phase, ink);
      if (marks[i] & PAID) pulse(this.ctx, "payment", ...seat, this.radius, phase, ink);
    }
  }

  drawLeaving(person, at, phase, ink) {
    if (!this.seat(person, at)) return;
    const [x, y] = this.seat(person, at), middle = this.middles[this.trace.columns.group[person]];
    const far = Math.hypot(x - middle[0], y - middle[1]) || 1;
    leaving(this.ctx, x, y, (x - middle[0]) / far, (y - middle[1]) / far, this.radius + 1, phase, ink);
  }

  /** The member whose story is open, and their friends. */
  drawChosen(at, isDark) {
    const { ctx, chosen } = this, own = this.seat(chosen, at);
    if (!own) return;
    ctx.strokeStyle = isDark ? "#fff" : "#111";
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    const { ties } = this.trace.columns;
    for (let k = 0; k < ties.length; k += 2) {
      const other = ties[k] === chosen ? ties[k + 1] : ties[k + 1] === chosen ? ties[k] : -1;
      const seat = other >= 0 && this.trace.columns.group[other] >= 0 ? this.seat(other, at) : null;
      if (!seat) continue;
      ctx.moveTo(...own);
      ctx.lineTo(...seat);
    }
    ctx.stroke();
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.arc(...own, this.radius * 2 + 3, 0, 7);
    ctx.stroke();
  }

  /** The member nearest to a point of the canvas on an evening, or -1. */
  personAt(x, y, at) {
    if (this.zoom < 0.5) return this.near.personAt(x, y);
    let best = -1, nearest = Math.max(8, this.radius * 2) ** 2;
    const { group } = this.trace.columns;
    for (let i = 0; i < group.length; i++) {
      const seat = group[i] < 0 ? null : this.seat(i, at);
      if (!seat) continue;
      const far = (seat[0] - x) ** 2 + (seat[1] - y) ** 2;
      if (far < nearest) [best, nearest] = [i, far];
    }
    return best;
  }
}

/** Columns of a grid of so many cells, and the side of a cell, as large as they fit. */
export function grid(cells, width, height) {
  let best = [1, 0];
  for (let columns = 1; columns <= cells; columns++) {
    const side = Math.min(width / columns, height / Math.ceil(cells / columns));
    if (side > best[1]) best = [columns, side];
  }
  return best;
}
