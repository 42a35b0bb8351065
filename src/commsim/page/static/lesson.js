// Class mode: steps with a number to guess before it is played, then two numbers and a sentence.

import { el } from "./dom.js";
import { number, t } from "./words.js";

const SPEED = 7;

/** Of each step: what is guessed, and of which panel; what a run shows, from both traces (a, b or c); which of them is the point. */
const STEPS = [
  { measure: "looks", asked: 0, found: ([dead]) => { const day = deadDay(dead); return day === null ? 2 : day < 14 ? 0 : 1; }, point: [0, 1] },
  { measure: "messages", asked: 1, found: ([without, rules]) => { const ratio = rules.outcomes.messages / Math.max(0.01, without.outcomes.messages); return ratio < 1.2 ? 0 : ratio < 1.8 ? 1 : 2; }, point: [1, 2] },
  { measure: "own", asked: 1, found: (pair) => ahead("own", pair), point: [1] },
  { measure: "evening", asked: 1, found: (pair) => ahead("evening", pair), point: [0, 1, 2] },
  { measure: "own", asked: 1, found: (pair) => ahead("own", pair), point: [0] },
  { measure: "own", asked: 1, found: (pair) => ahead("own", pair), point: [0] },
  { measure: "own", asked: 1, found: (pair) => ahead("own", pair), point: [0] },
  { measure: "own", asked: 0, found: (pair) => ahead("own", pair), point: [1] },
];

/** What can be guessed: the same however large the community is.  least: what is no difference. */
const MEASURES = {
  looks: { low: 0, high: 50, step: 1, digits: 0, least: 1, of: (trace) => 100 * trace.outcomes.active },
  messages: { low: 0, high: 25, step: 0.5, digits: 1, least: 0.5, of: (trace) => trace.outcomes.messages },
  own: { low: -5, high: 5, step: 0.5, digits: 1, least: 0.1, of: (trace) => trace.curves.own.at(-1) / trace.members },
  evening: { low: 0, high: 3, step: 0.1, digits: 1, least: 0.05, of: (trace) => (100 * perEvening(trace)) / trace.members },
};

export class Lesson {
  /** `page` starts a step (`begin(step)`), plays (`clock`) and ends the lesson (`end()`). */
  constructor(room, page) {
    Object.assign(this, { room, page, step: -1 });
  }

  get on() {
    return this.step >= 0;
  }

  begin(step) {
    this.step = step;
    this.guess = null;
    this.revealed = false;
    this.show(true);
    this.page.begin(step);
    this.draw();
    this.room.querySelector("h2").focus();
  }

  end() {
    this.step = -1;
    this.show(false);
    this.page.end();
  }

  /** The question stands beside the groups, and what a class has no use for is hidden. */
  show(isOn) {
    this.room.hidden = !isOn;
    document.body.classList.toggle("teaching", isOn);
  }

  draw() {
    if (!this.on) return;
    const key = `lesson.${this.step + 1}`;
    this.room.replaceChildren(
      el("header", {},
        el("p", { className: "place" }, t("lesson.place", { step: this.step + 1, steps: STEPS.length })),
        el("h2", { id: "lesson-title", tabIndex: -1 }, t(`${key}.title`))),
      el("p", {}, t(`${key}.intro`)),
      this.revealed ? this.reveal(key) : this.question(key),
      el("div", { className: "buttons" },
        this.step > 0 ? el("button", { type: "button", onclick: () => this.begin(this.step - 1) }, t("lesson.back")) : null,
        this.step + 1 < STEPS.length
          ? el("button", { type: "button", className: this.revealed ? "primary" : "", onclick: () => this.begin(this.step + 1) }, t("lesson.next"))
          : null,
        el("button", { type: "button", onclick: () => this.end() }, t("lesson.end"))));
  }

  question(key) {
    const { measure, asked } = STEPS[this.step], { low, high, step } = MEASURES[measure];
    const slider = el("input", { type: "range", min: low, max: high, step, value: this.guess ?? (low + high) / 2, "aria-labelledby": "lesson-guess" });
    const shown = el("output", {}, this.guess === null ? "?" : this.told(this.guess));
    slider.oninput = () => {
      this.guess = Number(slider.value);
      shown.textContent = this.told(this.guess);
      play.disabled = false;
    };
    const play = el("button", { type: "submit", className: "primary", disabled: this.guess === null }, t("lesson.play"));
    const send = (event) => {
      event.preventDefault();
      this.page.clock.speed = SPEED;
      this.page.clock.play(true);
    };
    return el("form", { onsubmit: send },
      el("p", { id: "lesson-guess", className: "guess" }, t(`${key}.guess`)),
      el("p", { className: "guessed" }, shown, ` ${t(`lesson.unit.${measure}`)}`, el("small", {}, t(asked ? "lesson.right_side" : "lesson.left_side"))),
      slider, play);
  }

  told(value) {
    const { measure } = STEPS[this.step];
    return measure === "own" ? sign(value) : number(value, MEASURES[measure].digits);
  }

  /** The clock has come to the end: say what happened. */
  finish(traces) {
    if (!this.on || this.revealed || traces.length < 2 || traces.some((trace) => !trace)) return;
    this.revealed = true;
    this.traces = traces;
    this.draw();
  }

  reveal(key) {
    const { measure, found, point } = STEPS[this.step], shows = found(this.traces);
    const numbers = this.traces.slice(0, 2).map((trace, k) => el("p", {},
      el("strong", {}, this.told(MEASURES[measure].of(trace))), el("span", {}, t(k ? "lesson.right_side" : "lesson.left_side"))));
    return el("div", { className: "reveal" },
      el("div", { className: "two" }, ...numbers),
      el("p", { className: "unit" }, t(`lesson.unit.${measure}`), this.guess === null ? "" : ` · ${t("lesson.guessed", { guess: this.told(this.guess) })}`),
      el("p", { className: "moral" }, t(`${key}.${"abc"[shows]}`)),
      el("p", {}, t(point.includes(shows) ? `${key}.moral` : "lesson.not_here")),
      el("details", {}, el("summary", {}, t("lesson.all")), el("p", {}, t(`${key}.reveal`, figures(this.traces)))));
  }
}

function figures([one, other]) {
  const told = {};
  for (const [name, trace] of [["a", one], ["b", other]]) {
    const out = trace.outcomes;
    Object.assign(told, {
      [`${name}.active`]: number(100 * out.active, 1), [`${name}.messages`]: number(out.messages, 1),
      [`${name}.muted`]: number(100 * out.muted), [`${name}.left`]: number(out.left), [`${name}.orders`]: number(out.orders),
      [`${name}.profit`]: number(out.profit), [`${name}.envelopes`]: number(out.cost_envelopes),
      [`${name}.members`]: number(out.members), [`${name}.evening`]: number(perEvening(trace), 1),
      [`${name}.day`]: deadDay(trace) === null ? t("never") : deadDay(trace) + 1,
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

/** 0 if the first is larger, 1 if the second is, 2 if they are about the same. */
function ahead(measure, pair) {
  const { of, least } = MEASURES[measure], [first, second] = pair.map(of);
  if (Math.abs(first - second) < least) return 2;
  return first > second ? 0 : 1;
}

const sign = (value) => (value > 0.05 ? "+" : "") + number(Math.abs(value) < 0.05 ? 0 : value, 1).replace("-", "\u2212");
