// Class mode: five steps, each with a question before the answer is played.

import { el } from "./dom.js";
import { number, t } from "./words.js";

const SPEED = 7;

/** Which answer a run gives, from both traces: the number of the option. */
const RIGHT = [
  ([dead]) => { const day = deadDay(dead); return day === null ? 2 : day < 14 ? 0 : 1; },
  ([without, rules]) => { const ratio = rules.outcomes.messages / Math.max(0.01, without.outcomes.messages); return ratio < 1.2 ? 0 : ratio < 1.8 ? 1 : 2; },
  ([first, value]) => more(first.outcomes.profit, value.outcomes.profit),
  ([every, two]) => more(perEvening(every), perEvening(two)),
  ([active, generous]) => more(generous.outcomes.profit, active.outcomes.profit),
];

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
    this.answer = null;
    this.revealed = false;
    this.room.hidden = false;
    this.page.begin(step);
    this.draw();
    this.room.querySelector("h2").focus();
  }

  end() {
    this.step = -1;
    this.room.hidden = true;
    this.page.end();
  }

  draw() {
    if (!this.on) return;
    const key = `lesson.${this.step + 1}`;
    this.room.replaceChildren(
      el("header", {},
        el("p", { className: "place" }, t("lesson.place", { step: this.step + 1, steps: RIGHT.length })),
        el("h2", { id: "lesson-title", tabIndex: -1 }, t(`${key}.title`))),
      el("p", {}, t(`${key}.intro`)),
      this.revealed ? this.reveal(key) : this.question(key),
      el("div", { className: "buttons" },
        this.step > 0 ? el("button", { type: "button", onclick: () => this.begin(this.step - 1) }, t("lesson.back")) : null,
        this.step + 1 < RIGHT.length
          ? el("button", { type: "button", className: this.revealed ? "primary" : "", onclick: () => this.begin(this.step + 1) }, t("lesson.next"))
          : null,
        el("button", { type: "button", onclick: () => this.end() }, t("lesson.end"))));
  }

  question(key) {
    const options = ["a", "b", "c"].map((letter, number) => {
      const box = el("input", { type: "radio", name: "answer", value: String(number), required: true, checked: this.answer === number });
      box.onchange = () => (this.answer = number);
      return el("label", {}, box, ` ${t(`${key}.${letter}`)}`);
    });
    const send = (event) => {
      event.preventDefault();
      this.page.clock.speed = SPEED;
      this.page.clock.play(true);
    };
    return el("form", { onsubmit: send },
      el("fieldset", {}, el("legend", {}, t(`${key}.question`)), ...options),
      el("button", { type: "submit", className: "primary" }, t("lesson.play")));
  }

  /** The clock has come to the end: say what happened. */
  finish(traces) {
    if (!this.on || this.revealed || traces.length < 2 || traces.some((trace) => !trace)) return;
    this.revealed = true;
    this.traces = traces;
    this.draw();
  }

  reveal(key) {
    const right = RIGHT[this.step](this.traces);
    const option = t(`${key}.${"abc"[right]}`);
    const said = this.answer === null ? "" : t(this.answer === right ? "lesson.right" : "lesson.wrong");
    return el("div", { className: "reveal" },
      el("p", {}, el("strong", {}, `${said} ${t("lesson.answer", { option })}`)),
      el("p", {}, t(`${key}.reveal`, figures(this.traces))),
      el("p", { className: "moral" }, t(`${key}.moral`)));
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

/** 0 if the first is larger by more than two per cent, 1 if the second is, 2 if they are about the same. */
function more(first, second) {
  if (Math.abs(first - second) <= 0.02 * Math.max(Math.abs(first), Math.abs(second))) return 2;
  return first > second ? 0 : 1;
}
