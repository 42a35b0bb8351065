// The members as a network: every group a disc, every member a mark in it, ties between friends behind.

import { pulse, stamp, state, STATES } from "./marks.js";
import { BOUGHT, PAID } from "./trace.js";

const TURN = Math.PI * (3 - Math.sqrt(5)); // the angle at which sunflowers lay their seeds
const SIZES = 7;

export class Network {
  constructor(canvas) {
    this.canvas = canvas;
    this.chosen = -1;
  }

  show(trace) {
    this.trace = trace;
    this.at = -1;
    this.resize();
  }

  resize() {
    const { canvas } = this;
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (!this.trace || !width) return;
    this.scale = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * this.scale;
    canvas.height = height * this.scale;
    this.ctx = canvas.getContext("2d");
    this.place(width, height);
    this.stamps = Object.fromEntries(STATES.map((what) => [what, this.stampsOf(what)]));
    this.still = document.createElement("canvas");
    this.still.width = canvas.width;
    this.still.height = canvas.height;
    this.ties = this.tieLayer();
    this.at = -1;
  }

  /** Where everybody is drawn: groups in a grid, members in a spiral from the middle in order of joining. */
  place(width, height) {
    const group = this.trace.columns.group;
    const groups = Math.max(1, this.trace.groups);
    const counts = new Array(groups).fill(0);
    for (const g of group) if (g >= 0) counts[g]++;
    const [columns, cell] = grid(groups, width, height);
    const rows = Math.ceil(groups / columns);
    this.reach = cell * 0.47;
    const most = Math.max(...counts, 1);
    this.radius = Math.max(1.2, Math.min(9, (this.reach / Math.sqrt(most)) * 0.8));
    this.x = new Float32Array(group.length);
    this.y = new Float32Array(group.length);
    const seen = new Array(groups).fill(0);
    for (let i = 0; i < group.length; i++) {
      const g = group[i];
      if (g < 0) continue;
      const k = seen[g]++;
      const r = (this.reach - this.radius) * Math.sqrt((k + 0.5) / counts[g]);
      const row = Math.floor(g / columns), inRow = Math.min(columns, groups - row * columns);
      const centreX = (width - inRow * cell) / 2 + ((g % columns) + 0.5) * cell;
      const centreY = (height - rows * cell) / 2 + (row + 0.5) * cell;
      this.x[i] = centreX + r * Math.cos(k * TURN);
      this.y[i] = centreY + r * Math.sin(k * TURN);
    }
  }

  stampsOf(what) {
    return Array.from({ length: SIZES }, (_, size) => {
      const r = this.radius * (0.72 + 0.13 * size);
      return { image: stamp(what, r, this.scale), r: r + 1.5 };
    });
  }

  tieLayer() {
    const layer = document.createElement("canvas");
    layer.width = this.canvas.width;
    layer.height = this.canvas.height;
    const ctx = layer.getContext("2d");
    ctx.scale(this.scale, this.scale);
    const crowd = this.trace.columns.ties.length / 2;
    ctx.strokeStyle = `rgba(22, 50, 79, ${crowd > 2500 ? 0.035 : 0.09})`;
    ctx.lineWidth = 0.7;
    ctx.beginPath();
    this.eachTie((one, other) => {
      ctx.moveTo(this.x[one], this.y[one]);
      ctx.lineTo(this.x[other], this.y[other]);
    });
    ctx.stroke();
    return layer;
  }

  eachTie(draw) {
    const { ties, group } = this.trace.columns;
    for (let k = 0; k < ties.length; k += 2) {
      if (group[ties[k]] >= 0 && group[ties[k + 1]] >= 0) draw(ties[k], ties[k + 1]);
    }
  }

  draw(at, phase) {
    if (!this.ctx) return;
    if (at !== this.at) this.drawStill(at);
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.ctx.drawImage(this.still, 0, 0);
    this.ctx.scale(this.scale, this.scale);
    if (at > 0) this.drawPulses(at, phase);
    if (this.chosen >= 0) this.drawChosen();
  }

  /** The day's members; drawn once a day, and copied while its pulses fade. */
  drawStill(at) {
    this.at = at;
    const ctx = this.still.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.still.width, this.still.height);
    ctx.drawImage(this.ties, 0, 0);
    const marks = this.trace.marks(at), week = this.trace.week(at), group = this.trace.columns.group;
    for (let i = 0; i < marks.length; i++) {
      const what = group[i] < 0 ? null : state(marks[i]);
      if (what === null) continue;
      const size = what === "left" ? 0 : Math.min(SIZES - 1, Math.floor(1.3 * Math.sqrt(week[i])));
      const { image, r } = this.stamps[what][size];
      ctx.drawImage(image, (this.x[i] - r) * this.scale, (this.y[i] - r) * this.scale);
    }
  }

  drawPulses(at, phase) {
    const marks = this.trace.marks(at), wrote = this.trace.row("wrote", at), group = this.trace.columns.group;
    for (let i = 0; i < marks.length; i++) {
      if (group[i] < 0) continue;
      if (wrote[i]) pulse(this.ctx, "message", this.x[i], this.y[i], this.radius, phase);
      if (marks[i] & BOUGHT) pulse(this.ctx, "order", this.x[i], this.y[i], this.radius, phase);
      if (marks[i] & PAID) pulse(this.ctx, "payment", this.x[i], this.y[i], this.radius, phase);
    }
  }

  /** The member whose story is open, and their friends. */
  drawChosen() {
    const { ctx, chosen } = this;
    ctx.strokeStyle = "#111";
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    this.eachTie((one, other) => {
      if (one !== chosen && other !== chosen) return;
      ctx.moveTo(this.x[one], this.y[one]);
      ctx.lineTo(this.x[other], this.y[other]);
    });
    ctx.stroke();
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.arc(this.x[chosen], this.y[chosen], this.radius * 2 + 3, 0, 7);
    ctx.stroke();
  }

  /** The member nearest to a point of the canvas, or -1. */
  personAt(x, y) {
    let best = -1, nearest = Math.max(8, this.radius * 2) ** 2;
    const group = this.trace.columns.group;
    for (let i = 0; i < group.length; i++) {
      if (group[i] < 0) continue;
      const far = (this.x[i] - x) ** 2 + (this.y[i] - y) ** 2;
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
