// Class mode: steps with a number to set or a course to draw before it is played, then two numbers and a sentence.

import { $, el } from "./dom.js";
import { Drawing } from "./draw.js";
import { number, t } from "./words.js";

const SPEED = 7; // days a second
const LONG = 100; // days from which on a run plays three times as fast

/** What is drawn of a run, in the unit of the guess. */
const COURSES = {
  looks: (trace) => trace.curves.active,
  ringing: (trace) => trace.curves.ringing.map((members) => (100 * members) / trace.members),
  own: (trace) => trace.curves.own.map((yuan) => yuan / trace.members),
};
/** What the panels show of the last day alone, where the answer is the mean of its week. */
const LAST = { looks: (trace) => number(trace.curves.active.at(-1)) };
const CLOCK = ["first", "back", "step", "play", "position"]; // what moves the clock
const SIDES = ["lesson.left_side", "lesson.right_side"];

export class Lesson {
  /** `page` starts a step (`begin(step)`), plays (`clock`) and ends the lesson (`end()`). */
  constructor(room, page) {
    Object.assign(this, { room, page, steps: [], step: -1 });
    page.clock.held = () => this.holds;
    this.sizes = new ResizeObserver(() => page.stage.resize()); // pictures take the room that texts leave
  }

  get on() {
    return this.step >= 0;
  }

  get told() {
    return this.steps[this.step];
  }

  begin(step) {
    this.sizes.disconnect();
    Object.assign(this, { step, guess: null, drawing: null, revealed: false, waits: true }); // for the runs of the step
    this.show(true);
    this.page.begin(step);
    this.draw();
    this.room.querySelector("h2").focus();
  }

  end() {
    this.step = -1;
    this.sizes.disconnect();
    this.show(false);
    this.hold();
    this.page.end();
  }

  /** The question stands beside the groups, and what a class has no use for is hidden. */
  show(isOn) {
    this.room.hidden = !isOn;
    document.body.classList.toggle("teaching", isOn);
  }

  /** While a question is open nothing of the run is shown before the guess. */
  get holds() {
    return this.on && !this.revealed && !this.isGuessed;
  }

  hold() {
    for (const name of CLOCK) $(name).disabled = this.holds;
  }

  draw() {
    if (!this.on) return;
    this.hold();
    const key = `lesson.${this.told.name}`, isLast = this.step + 1 === this.steps.length;
    const go = (to) => () => this.begin(to), isFocused = this.room.contains(document.activeElement);
    this.room.classList.toggle("draws", this.told.drawn);
    this.room.replaceChildren(...[
      el("header", {},
        el("p", { className: "place" }, t("lesson.place", { step: this.step + 1, steps: this.steps.length })),
        el("h2", { id: "lesson-title", tabIndex: -1 }, t(`${key}.title`))),
      this.revealed ? null : el("p", { className: "intro" }, t(`${key}.intro`)),
      this.revealed ? this.reveal(key) : this.question(key),
      el("div", { className: "buttons" },
        this.step > 0 ? el("button", { type: "button", onclick: go(this.step - 1) }, t("lesson.back")) : null,
        isLast ? null : el("button", { type: "button", className: this.revealed ? "primary" : "", onclick: go(this.step + 1) }, t("lesson.next")),
        el("button", { type: "button", onclick: () => this.end() }, t("lesson.end")))].filter(Boolean));
    if (isFocused) this.room.querySelector("h2").focus({ preventScroll: true });
  }

  question(key) {
    const play = el("button", { type: "submit", className: "primary", disabled: !this.isGuessed }, t("lesson.play"));
    const send = (event) => {
      event.preventDefault();
      this.page.clock.speed = this.page.clock.days > LONG ? 3 * SPEED : SPEED;
      this.page.clock.play(true);
      if (this.isBelow) scrollTo({ top: 0 }); // to see the groups
    };
    return el("form", { onsubmit: send },
      el("p", { id: "lesson-guess", className: "guess" }, t(`${key}.guess`)),
      ...(this.told.drawn ? this.board(play) : this.slider(play)), play);
  }

  /** Whether the groups stand above the question, as on a phone. */
  get isBelow() {
    return getComputedStyle(this.room.parentElement).flexDirection === "column-reverse";
  }

  get isGuessed() {
    return this.told.drawn ? Boolean(this.drawing?.isDrawn) : this.guess !== null;
  }

  /** A frame to draw in, once it is known how many days there are. */
  board(play) {
    if (this.waits) return [];
    this.drawing ??= new Drawing(this.page.clock.days, this.told.scale);
    this.drawing.changed = () => { play.disabled = !this.isGuessed; this.hold(); };
    return [el("p", { className: "unit" }, t(`draw.unit.${this.told.measure}`)), this.drawing.build(this.labels())];
  }

  labels() {
    const { asked, name } = this.told;
    return { what: t(`lesson.${name}.guess`), asked, this: t(SIDES[asked]), other: t(SIDES[1 - asked]) };
  }

  slider(play) {
    const { scale: { low, high, step } } = this.told;
    const slider = el("input", { type: "range", min: low, max: high, step, value: this.guess ?? (low + high) / 2, "aria-labelledby": "lesson-guess" });
    const shown = el("output", {}, this.guess === null ? "?" : this.number(this.guess));
    slider.oninput = () => {
      this.guess = Number(slider.value);
      shown.textContent = this.number(this.guess);
      play.disabled = false;
      this.hold();
    };
    return [el("p", { className: "guessed" }, el("small", {}, t(SIDES[this.told.asked])), shown, ` ${this.unit()}`), slider];
  }

  unit() {
    return t(`lesson.unit.${this.told.measure}`);
  }

  number(value) {
    const { measure, scale } = this.told;
    return measure === "own" ? signed(value, scale.digits) : number(value, scale.digits);
  }

  /** The clock stands at a day: draw what has been, and at the end say what happened. */
  see(at, traces) {
    if (!this.on) return;
    if (traces.length < 2 || !traces.every(Boolean)) return this.empty();
    if (this.waits && !this.isEmpty) return;
    if (this.waits) for (const panel of this.page.panels) this.sizes.observe(panel.canvas);
    this.waits = this.isEmpty = false;
    if (this.told.drawn && !this.drawing && !this.revealed) this.draw();
    if (this.drawing?.isDrawn && at > 0 && !this.revealed && this.page.clock.playing) this.drawing.reveal(this.courses(traces), at);
    if (at === this.page.clock.days && at > 0 && !this.revealed && this.isGuessed) this.finish(traces);
  }

  /** The runs of before are gone: those of the step come, or its own anew with another luck. */
  empty() {
    this.isEmpty = true;
    if (!this.revealed) return;
    this.revealed = false;
    this.drawing?.again();
    this.draw();
  }

  courses(traces) {
    const { asked, measure } = this.told;
    return [asked, 1 - asked].map((side) => ({ side, values: COURSES[measure](traces[side]) }));
  }

  finish(traces) {
    Object.assign(this, { revealed: true, traces });
    this.drawing?.reveal(this.courses(traces), this.page.clock.days);
    this.draw();
    if (this.isBelow) this.room.scrollIntoView({ block: "nearest" });
  }

  reveal(key) {
    const { asked, measure, point, scale } = this.told;
    const values = this.traces.slice(0, 2).map((trace) => trace.taught[measure]), shows = ahead(values, scale.least);
    const numbers = values.map((value, k) => el("p", {}, el("strong", {}, this.number(value)), el("span", {}, t(SIDES[k]))));
    return el("div", { className: "reveal" },
      el("div", { className: "two" }, ...numbers),
      el("p", { className: "unit" }, this.unit(), this.lastDay()),
      ...(this.drawing ? this.compared(asked) : [this.guessed(values[asked])]),
      el("p", { className: "moral" }, t(`${key}.${shows}`)),
      el("p", {}, t(point.includes(shows) ? `${key}.moral` : "lesson.not_here")),
      this.fact(key),
      el("details", {}, el("summary", {}, t("lesson.all")), el("p", {}, t(`${key}.reveal`, figures(this.traces)))));
  }

  /** Where the panels beside the answer show another number of the same kind. */
  lastDay() {
    const of = LAST[this.told.measure], [a, b] = this.traces;
    return of ? ` ${t("lesson.last_day", { day: a.curves.active.length, a: of(a), b: of(b) })}` : "";
  }

  /** How far off the number was that was set. */
  guessed(value) {
    const { digits } = this.told.scale, off = number(Math.abs(rounded(value, digits) - this.guess), digits);
    return this.guess === null ? null : el("p", { className: "off" }, t("lesson.guessed", { guess: this.number(this.guess), off }));
  }

  /** Both courses in one frame, and how far off the guess was. */
  compared(asked) {
    const { measure, scale } = this.told, frame = this.drawing.build(this.labels());
    if (!this.drawing.isDrawn) return [frame];
    const off = this.drawing.distance(COURSES[measure](this.traces[asked]));
    return [frame, el("p", { className: "off" }, t("draw.off", { off: number(off, scale.digits), unit: t(`draw.unit.${measure}`) }))];
  }

  /** What is known about it from outside the model, by whom, and how well. */
  fact(key) {
    const named = this.told.sources.map(([name, grade]) => t("lesson.source", { name: t(`lesson.study.${name}`), grade })).join(t("parts"));
    return el("p", { className: "fact", title: t("lesson.grades") }, t(`${key}.fact`), ` [${named || t("lesson.no_source")}]`);
  }
}

function figures([one, other]) {
  const told = {};
  for (const [name, trace] of [["a", one], ["b", other]]) {
    const out = trace.outcomes;
    Object.assign(told, {
      [`${name}.active`]: number(100 * out.active, 1), [`${name}.messages`]: number(out.messages, 1),
      [`${name}.muted`]: number(100 * out.muted), [`${name}.left`]: number(out.left), [`${name}.orders`]: number(out.orders),
      [`${name}.profit`]: number(out.profit), [`${name}.envelopes`]: number(out.cost_envelopes), [`${name}.joined`]: number(out.joined),
      [`${name}.members`]: number(out.members), [`${name}.evening`]: number(perEvening(trace), 1), [`${name}.revenue`]: number(out.revenue),
      [`${name}.own`]: signed(trace.taught.own, 1), [`${name}.day`]: deadDay(trace) === null ? t("never") : deadDay(trace) + 1,
    });
  }
  return told;
}

/** First day of a week in which fewer than one in ten looks in on the average day; null if it never comes. */
function deadDay(trace) {
  const active = trace.curves.active;
  for (let day = 0; day + 7 <= active.length; day++) {
    if (active.slice(day, day + 7).reduce((sum, share) => sum + share, 0) / 7 < 10) return day;
  }
  return null;
}

/** Orders an evening on which there was a sale. */
function perEvening(trace) {
  let orders = 0, evenings = 0;
  trace.deeds.forEach((deeds, day) => {
    for (const cause of new Set(deeds.filter(([, what]) => what === "sale").map(([by]) => by))) {
      evenings++;
      orders += trace.sold[day][cause] ?? 0;
    }
  });
  return orders / Math.max(1, evenings);
}

/** a if the first is larger, b if the second is, c if they are about the same. */
function ahead([first, second], least) {
  if (Math.abs(first - second) < least) return "c";
  return first > second ? "a" : "b";
}

const rounded = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits || 0;
const signed = (value, digits) => (rounded(value, digits) > 0 ? "+" : "") + number(rounded(value, digits), digits).replace("-", "\u2212");
