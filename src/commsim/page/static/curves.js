// The curves below the panels: one small chart a measure, one line a panel, up to the day on the clock.

import { el } from "./dom.js";
import { number, planName, short, t } from "./words.js";

export const LINES = [
  { ink: "#0072b2", dash: [] },
  { ink: "#d55e00", dash: [8, 4] },
  { ink: "#009e73", dash: [2, 3] },
  { ink: "#b8478a", dash: [10, 3, 2, 3] },
];
const MEASURES = ["active", "messages", "members", "orders", "profit"];
const HEIGHT = 170;

export class Curves {
  constructor(room) {
    this.room = room;
    this.charts = [];
  }

  /** Draw anew for these traces (some may be missing yet); `changes`: days on which each plan changed. */
  show(traces, changes) {
    this.traces = traces;
    this.changes = changes;
    for (const chart of this.charts) chart.plot.destroy();
    const days = Math.max(1, ...traces.map((trace) => trace?.days ?? 0));
    this.days = Array.from({ length: days }, (_, day) => day);
    this.room.replaceChildren();
    this.measures = [...MEASURES, ...new Set(traces.flatMap((trace) => Object.keys(trace?.more ?? {})))];
    this.money = new Set(traces.flatMap((trace) => trace?.money ?? []));
    this.charts = this.measures.map((measure) => this.chart(measure, days));
    this.drawn = -1;
  }

  chart(measure, days) {
    const box = el("div", { className: "chart", role: "img", "aria-label": this.title(measure) });
    this.room.append(el("figure", {}, el("figcaption", {}, this.title(measure)), box));
    const highest = Math.max(1e-9, ...this.traces.map((trace) => (trace ? top(trace.curves[measure] ?? []) : 0)));
    const lowest = Math.min(0, ...this.traces.map((trace) => (trace ? bottom(trace.curves[measure] ?? []) : 0)));
    const axis = { stroke: "#44515d", grid: { stroke: "#e7eaed", width: 1 }, ticks: { show: false }, font: "12px sans-serif" };
    const plot = new uPlot({
      width: Math.max(200, box.clientWidth), height: HEIGHT,
      cursor: { sync: { key: "days" }, drag: { x: false, y: false } },
      legend: { show: false },
      scales: { x: { time: false, range: [0, Math.max(1, days - 1)] }, y: { range: [lowest * 1.05, highest * 1.05] } },
      axes: [{ ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }, { ...axis, size: 52, values: (_, ticks) => ticks.map(short) }],
      series: [{}, ...this.traces.map((_, panel) => ({ stroke: LINES[panel].ink, dash: LINES[panel].dash, width: 2.5, points: { show: false } }))],
      hooks: { draw: [(drawn) => this.mark(drawn)] },
    }, [this.days, ...this.traces.map(() => [])], box);
    return { measure, plot, box };
  }

  /** Its caption; numbers of mechanisms have words of their own. */
  title(measure) {
    if (MEASURES.includes(measure)) return t(`curve.${measure}`);
    return this.money.has(measure) ? t("in_yuan", { what: t(`daily.${measure}`) }) : t(`daily.${measure}`);
  }

  /** A dotted line on each day on which a plan was changed. */
  mark(plot) {
    const { ctx, bbox } = plot;
    this.changes.forEach((days, panel) => {
      for (const day of days) {
        const x = plot.valToPos(day, "x", true);
        ctx.save();
        ctx.strokeStyle = LINES[panel].ink;
        ctx.lineWidth = devicePixelRatio;
        ctx.setLineDash([3, 4]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.restore();
      }
    });
  }

  draw(at) {
    if (at === this.drawn || !this.traces) return;
    this.drawn = at;
    for (const { measure, plot } of this.charts) {
      plot.setData([this.days, ...this.traces.map((trace) => (trace ? upTo(trace.curves[measure] ?? [], at, this.days.length) : []))], false);
      plot.redraw(false);
    }
  }

  resize() {
    for (const { plot, box } of this.charts) plot.setSize({ width: Math.max(200, box.clientWidth), height: HEIGHT });
  }

  /** The same in figures: a row a week and one for the day on the clock. */
  table(at) {
    const days = this.days.filter((day) => day < at && (day % 7 === 6 || day === at - 1));
    const head = el("tr", {}, el("th", { scope: "col" }, t("day")), el("th", { scope: "col" }, t("plan")),
      ...this.measures.map((measure) => el("th", { scope: "col" }, this.title(measure))));
    const rows = days.flatMap((day) => this.traces.filter((trace) => trace && day < trace.days).map((trace) =>
      el("tr", {}, el("th", { scope: "row" }, String(day)), el("td", { className: "text" }, planName(trace.name)),
        ...this.measures.map((measure) => el("td", {}, number(trace.curves[measure]?.[day] ?? 0, measure === "active" || measure === "messages" ? 1 : 0))))));
    return el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows));
  }
}

const top = (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);
const bottom = (values) => values.reduce((least, value) => Math.min(least, value), Infinity);

/** Values of the days that are over; nothing for those to come. */
function upTo(values, at, length) {
  return Array.from({ length }, (_, day) => (day < at && day < values.length ? values[day] : null));
}
