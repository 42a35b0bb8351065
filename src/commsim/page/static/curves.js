// The curves below the pictures: one small chart a measure, one line a panel, up to the day on the clock.

import { el } from "./dom.js";
import { number, panelName, short, t } from "./words.js";

/** Colours of panels, which no mark has. */
export const LINES = [
  { ink: "#1b2530", dash: [] },
  { ink: "#8433b5", dash: [9, 4] },
  { ink: "#8a6410", dash: [2, 3] },
  { ink: "#5d7186", dash: [12, 3, 3, 3] },
];
const FIRST = ["active", "ringing", "own"]; // always to be seen; the others are folded away
const OTHERS = ["members", "messages", "orders", "profit"];
const HEIGHT = 168, LEAST = 84; // of a chart; on a low screen it has a share of it
const NARROW = 200; // a chart's width below which its axes are small

export class Curves {
  /** `more`: the folded room for the other measures. */
  constructor(room, more) {
    Object.assign(this, { room, more, charts: [] });
  }

  /** Draw anew for these traces (some may be missing yet); `changes`: days on which each plan changed; `before`: runs as they were before a change. */
  show(traces, changes, before) {
    Object.assign(this, { traces, changes, before });
    for (const chart of this.charts) chart.plot.destroy();
    const days = Math.max(1, ...traces.map((trace) => trace?.days ?? 0));
    this.days = Array.from({ length: days }, (_, day) => day + 1);
    this.room.replaceChildren();
    this.more.replaceChildren();
    this.measures = [...FIRST, ...OTHERS, ...new Set(traces.flatMap((trace) => Object.keys(trace?.more ?? {})))];
    this.money = new Set(traces.flatMap((trace) => trace?.money ?? []));
    const boxes = this.measures.map((measure) => this.frame(measure)); // all of them, so that each has its width
    this.charts = this.measures.map((measure, k) => this.chart(measure, boxes[k], days));
    this.drawn = -1;
  }

  frame(measure) {
    const box = el("div", { className: "chart", role: "img", "aria-label": this.title(measure) });
    const room = FIRST.includes(measure) ? this.room : this.more;
    room.append(el("figure", { title: measure === "own" ? t("own.how") : "" }, el("figcaption", {}, this.title(measure)), box));
    return box;
  }

  chart(measure, box, days) {
    const all = [...this.traces, ...this.before].filter(Boolean).flatMap((trace) => [trace.curves[measure] ?? [], ...(trace.outlook?.band?.[measure] ?? [])]);
    const highest = Math.max(1e-9, ...all.map(top)), lowest = Math.min(0, ...all.map(bottom));
    const isNarrow = box.clientWidth < NARROW, [low, side, font] = isNarrow ? [18, 34, "10px sans-serif"] : [28, 52, "13px sans-serif"];
    const axis = { stroke: "#3c4853", grid: { stroke: "#e7eaed", width: 1 }, ticks: { show: false }, font, gap: isNarrow ? 2 : 5 };
    const line = (panel, more) => ({ stroke: LINES[panel].ink, dash: LINES[panel].dash, width: 2.5, points: { show: false }, ...more });
    const edge = { stroke: "transparent", width: 0, points: { show: false } };
    const panels = this.traces.map((_, panel) => panel);
    const plot = new uPlot({
      ...room(box),
      cursor: { sync: { key: "days" }, drag: { x: false, y: false } },
      legend: { show: false },
      scales: { x: { time: false, range: [1, Math.max(2, days)] }, y: { range: [lowest * 1.05, highest * 1.05] } },
      axes: [{ ...axis, size: low, space: isNarrow ? 26 : 50, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }, { ...axis, size: side, values: (_, ticks) => ticks.map(short) }],
      series: [{}, ...panels.flatMap(() => [edge, edge]),
        ...panels.map((panel) => line(panel, { width: 1.2, alpha: 0.55, dash: [3, 4] })), ...panels.map((panel) => line(panel))],
      bands: panels.map((panel) => ({ series: [2 + 2 * panel, 1 + 2 * panel], fill: `${LINES[panel].ink}22` })),
      hooks: { draw: [(drawn) => this.mark(drawn)] },
    }, this.data(measure, 0), box);
    return { measure, plot, box };
  }

  /** Its caption; numbers of mechanisms have words of their own. */
  title(measure) {
    if ([...FIRST, ...OTHERS].includes(measure)) return t(`curve.${measure}`);
    return this.money.has(measure) ? t("in_yuan", { what: t(`daily.${measure}`) }) : t(`daily.${measure}`);
  }

  /** A dotted line on each day from which on a plan is another. */
  mark(plot) {
    const { ctx, bbox } = plot;
    this.changes.forEach((days, panel) => {
      for (const day of days) {
        const x = plot.valToPos(day + 1, "x", true);
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
      plot.setData(this.data(measure, at), false);
      plot.redraw(false);
    }
  }

  /** Days, the edges of each panel's band of worlds, each run as it was before it was changed, each run. */
  data(measure, at) {
    const until = (values) => upTo(values ?? [], at, this.days.length);
    const bands = this.traces.flatMap((trace) => [0, 1].map((side) => until(trace?.outlook?.band?.[measure]?.[side])));
    const was = this.traces.map((_, panel) => until(this.before[panel]?.curves[measure]));
    return [this.days, ...bands, ...was, ...this.traces.map((trace) => until(trace?.curves[measure]))];
  }

  resize() {
    for (const { plot, box } of this.charts) plot.setSize(room(box));
  }

  /** The same in figures: a row a week and one for the day on the clock. */
  table(at) {
    const days = this.days.filter((day) => day <= at && (day % 7 === 0 || day === at));
    const head = el("tr", {}, el("th", { scope: "col" }, t("day")), el("th", { scope: "col" }, t("plan")),
      ...this.measures.map((measure) => el("th", { scope: "col" }, this.title(measure))));
    const rows = days.flatMap((day) => this.traces.filter((trace) => trace && day <= trace.days).map((trace) =>
      el("tr", {}, el("th", { scope: "row" }, String(day)), el("td", { className: "text" }, panelName(trace)),
        ...this.measures.map((measure) => el("td", {}, number(trace.curves[measure]?.[day - 1] ?? 0, measure === "active" || measure === "messages" ? 1 : 0))))));
    return el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows));
  }
}

/** Width and height of a chart. */
const room = (box) => ({ width: Math.max(80, box.clientWidth), height: Math.round(Math.max(LEAST, Math.min(HEIGHT, innerHeight * 0.15, box.clientWidth * 0.8))) });

const top = (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);
const bottom = (values) => values.reduce((least, value) => Math.min(least, value), Infinity);

/** Values of the days that are over; nothing for those to come. */
function upTo(values, at, length) {
  return Array.from({ length }, (_, day) => (day < at && day < values.length ? values[day] : null));
}
