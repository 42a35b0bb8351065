// A frame in which a class draws how it thinks that something will go, by mouse, finger or keys; then the run is drawn over it.

import { el } from "./dom.js";
import { LINES } from "./curves.js";
import { number, t } from "./words.js";

const POINTS = 13; // that can be moved; between them the course is straight
const WIDE = 400, HIGH = 150, LEFT = 34, TOP = 8, RIGHT = 8, FOOT = 18;
const STEADY = 10; // steps of the scale at once, with the keys for a page

export class Drawing {
  /** `scale`: low, high, step and digits of what is drawn; `changed()`, where it is set, is called when the class has drawn. */
  constructor(days, scale) {
    Object.assign(this, { days, scale, truths: [], at: 0 });
    this.set = Array(POINTS).fill(null);
  }

  /** Two points make a course. */
  get isDrawn() {
    return this.set.filter((value) => value !== null).length > 1;
  }

  /** The guess of every day. */
  get guess() {
    const values = filled(this.set);
    return Array.from({ length: this.days }, (_, day) => {
      const place = (day / Math.max(1, this.days - 1)) * (POINTS - 1), k = Math.min(POINTS - 2, Math.floor(place));
      return values[k] + (values[k + 1] - values[k]) * (place - k);
    });
  }

  /** How far the guess lies from a course, on the average day. */
  distance(truth) {
    const { guess } = this;
    return truth.reduce((sum, value, day) => sum + Math.abs(value - guess[day]), 0) / truth.length;
  }

  /** Build the frame anew.  `labels`: what is drawn, and the two sides. */
  build(labels) {
    Object.assign(this, { labels });
    this.lines = svg("g", {});
    this.points = svg("g", { class: "points", role: "group", "aria-label": labels.what });
    this.board = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "board" }, ...this.frame(), this.lines, this.points);
    this.knobs = this.set.map((_, k) => this.knob(k));
    this.points.append(...this.knobs);
    this.board.onpointerdown = (event) => this.press(event);
    this.board.onpointermove = (event) => this.drag(event);
    this.board.onpointerup = this.board.onpointercancel = () => { this.last = null; };
    this.redraw();
    return el("figure", { className: "drawing" }, this.board, this.note = el("figcaption", {}, this.hint()));
  }

  hint() {
    return this.truths.length ? t("draw.lines", this.labels) : t("draw.how");
  }

  /** Show how it went up to a day: courses of both sides, that of the guess first. */
  reveal(truths, at) {
    if (at === this.at && this.truths.length) return;
    Object.assign(this, { truths, at });
    if (this.note) this.note.textContent = this.hint();
    if (this.board) this.redraw();
  }

  /** Hide how it went; the guess stays. */
  again() {
    Object.assign(this, { truths: [], at: 0 });
  }

  x(day) {
    return LEFT + ((WIDE - LEFT - RIGHT) * day) / Math.max(1, this.days - 1);
  }

  y(value) {
    const { low, high } = this.scale;
    return TOP + (HIGH - TOP - FOOT) * (1 - (clamp(value, low, high) - low) / (high - low));
  }

  dayOf(k) {
    return (k * (this.days - 1)) / (POINTS - 1);
  }

  frame() {
    const { low, high } = this.scale, marks = [low, (low + high) / 2, high];
    const days = [0, (this.days - 1) / 2, this.days - 1];
    const text = (x, y, anchor, told) => svg("text", { x, y, "text-anchor": anchor, "aria-hidden": "true" }, told);
    return [
      svg("rect", { x: LEFT, y: TOP, width: WIDE - LEFT - RIGHT, height: HIGH - TOP - FOOT, class: "ground" }),
      ...marks.map((value) => svg("line", { x1: LEFT, x2: WIDE - RIGHT, y1: this.y(value), y2: this.y(value), class: value === 0 ? "zero" : "rule" })),
      ...marks.map((value) => text(LEFT - 4, this.y(value) + 4, "end", number(value))),
      ...days.map((day, k) => text(this.x(day), HIGH - 4, ["start", "middle", "end"][k], t("draw.day", { day: Math.round(day) + 1 }))),
    ];
  }

  knob(k) {
    const { low, high } = this.scale;
    const made = svg("circle", { role: "slider", r: 6, cx: this.x(this.dayOf(k)), tabindex: k ? -1 : 0, "aria-orientation": "vertical", "aria-valuemin": low, "aria-valuemax": high });
    made.onkeydown = (event) => this.key(event, k);
    return made;
  }

  /** Up and down move a point, left and right go to the next one. */
  key(event, k) {
    if (this.truths.length) return;
    const { low, high, step } = this.scale, now = filled(this.set)[k] ?? (low + high) / 2;
    const to = {
      ArrowUp: now + step, ArrowDown: now - step, PageUp: now + STEADY * step, PageDown: now - STEADY * step, Home: low, End: high,
    }[event.key];
    const next = { ArrowLeft: k - 1, ArrowRight: k + 1 }[event.key];
    if (to === undefined && next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== undefined) this.put(k, to);
    else if (this.knobs[next]) {
      this.knobs.forEach((one, other) => one.setAttribute("tabindex", other === next ? 0 : -1));
      this.knobs[next].focus();
    }
  }

  put(k, value) {
    const { low, high, step } = this.scale;
    this.set[k] = clamp(Math.round(value / step) * step, low, high);
    this.redraw();
    this.changed?.();
  }

  press(event) {
    if (this.truths.length) return;
    event.preventDefault();
    this.board.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.put(this.last.k, this.last.value);
  }

  /** The points between where the pen was and where it is take the values of its way. */
  drag(event) {
    if (!this.last) return;
    const to = this.place(event), from = this.last, by = Math.sign(to.k - from.k);
    for (let k = from.k + by; by && k !== to.k; k += by) this.put(k, from.value + ((to.value - from.value) * (k - from.k)) / (to.k - from.k));
    this.put(to.k, to.value);
    this.last = to;
  }

  /** Where the pen is: the nearest point, and the value. */
  place(event) {
    const box = this.board.getBoundingClientRect(), { low, high } = this.scale;
    const x = ((event.clientX - box.left) / box.width) * WIDE, y = ((event.clientY - box.top) / box.height) * HIGH;
    const k = clamp(Math.round(((x - LEFT) / (WIDE - LEFT - RIGHT)) * (POINTS - 1)), 0, POINTS - 1);
    return { k, value: high - ((y - TOP) / (HIGH - TOP - FOOT)) * (high - low) };
  }

  redraw() {
    const isOver = this.truths.length > 0;
    const way = (values, upTo = values.length) => values.slice(0, upTo).map((value, day) => `${this.x(day).toFixed(1)},${this.y(value).toFixed(1)}`).join(" ");
    const lines = this.set.some((value) => value !== null) ? [svg("polyline", { points: way(this.guess), class: "guessed" })] : [];
    this.truths.forEach(({ values, side }) => {
      const dash = LINES[side].dash.join(" ");
      lines.push(svg("polyline", { points: way(values, this.at), class: side === this.labels.asked ? "asked" : "other", stroke: LINES[side].ink, "stroke-dasharray": dash }));
    });
    this.lines.replaceChildren(...lines);
    this.points.toggleAttribute("hidden", isOver);
    this.points.style.display = isOver ? "none" : "";
    this.board.setAttribute("role", isOver ? "img" : "group");
    this.board.setAttribute("aria-label", this.labels.what);
    this.knobs.forEach((knob, k) => this.tellKnob(knob, k));
  }

  tellKnob(knob, k) {
    const value = this.set[k], { low, high, digits } = this.scale, day = Math.round(this.dayOf(k)) + 1;
    const height = filled(this.set)[k] ?? (low + high) / 2;
    knob.setAttribute("cy", this.y(height));
    knob.setAttribute("class", value === null ? "open" : "set");
    knob.setAttribute("aria-valuenow", height);
    knob.setAttribute("aria-label", t("draw.day", { day }));
    knob.setAttribute("aria-valuetext", value === null ? t("draw.open", { day }) : t("draw.point", { day, value: number(value, digits) }));
  }
}

/** Values with those between two that are set on the straight line, and those outside as the nearest one; null if none is set. */
function filled(set) {
  const known = set.flatMap((value, k) => (value === null ? [] : [k]));
  return set.map((value, k) => {
    if (value !== null || !known.length) return value;
    const before = known.findLast((one) => one < k), after = known.find((one) => one > k);
    if (before === undefined) return set[after];
    if (after === undefined) return set[before];
    return set[before] + ((set[after] - set[before]) * (k - before)) / (after - before);
  });
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
