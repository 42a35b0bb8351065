// A community too large for a mark per member: a bar per group, filled by what its members do.

import { grid } from "./network.js";

const MEMBERS = 0, LOOKED = 1, MUTED = 2, ORDERS = 4, COLUMNS = 5;

export class Bins {
  constructor(canvas) {
    this.canvas = canvas;
  }

  show(trace) {
    this.trace = trace;
    this.resize();
  }

  resize() {
    const width = this.canvas.clientWidth, height = this.canvas.clientHeight;
    if (!this.trace || !width) return;
    this.scale = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = width * this.scale;
    this.canvas.height = height * this.scale;
    const cells = this.trace.columns.bins.shape[1];
    [this.across, this.side] = grid(cells, width, height);
    this.left = (width - this.across * this.side) / 2;
    this.most = 1;
    for (let k = 0; k < this.trace.columns.bins.length; k += COLUMNS) {
      this.most = Math.max(this.most, this.trace.columns.bins[k + MEMBERS]);
    }
  }

  draw(at, phase) {
    if (!this.side) return;
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const row = this.trace.row("bins", Math.max(0, at - 1));
    for (let cell = 0; cell * COLUMNS < row.length; cell++) {
      const x = this.left + (cell % this.across) * this.side;
      const y = Math.floor(cell / this.across) * this.side;
      this.bar(ctx, row.subarray(cell * COLUMNS, (cell + 1) * COLUMNS), x, y, phase);
    }
  }

  /** From the bottom: who looked in, who was quiet, who has muted; above it those who are gone. */
  bar(ctx, values, x, y, phase) {
    const room = this.side * 0.84, width = this.side * 0.7, unit = room / this.most;
    const looked = values[LOOKED] * unit, muted = values[MUTED] * unit, all = values[MEMBERS] * unit;
    const foot = y + this.side * 0.92;
    ctx.fillStyle = "#eceff2";
    ctx.fillRect(x, foot - room, width, room);
    ctx.fillStyle = "#9aa7b1";
    ctx.fillRect(x, foot - all, width, all);
    ctx.fillStyle = "#5d6670";
    for (let line = foot - all; line < foot - all + muted; line += 3) ctx.fillRect(x, line, width, 1.5);
    ctx.fillStyle = "#0072b2";
    ctx.fillRect(x, foot - looked, width, looked);
    if (values[ORDERS]) {
      ctx.fillStyle = "#e69f00";
      const size = Math.min(width, 2 + Math.sqrt(values[ORDERS]) * 1.5) * (1 - 0.4 * phase);
      ctx.fillRect(x + width - size / 2, foot - size, size, size);
    }
  }

  personAt() {
    return -1;
  }
}
