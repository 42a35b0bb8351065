// The levers of a panel: a form per strategy that runs, and one for a new strategy.

import { el } from "./dom.js";
import { conditions, field, readAll } from "./fields.js";
import { has, kindName, lang, strategyName, t } from "./words.js";

const IN_SIGHT = 3; // fields shown at once; the others are folded away

export class Levers {
  /** `change(name, settings or null)` asks for a change from the next day on. */
  constructor(room, { forms, conditions }, change) {
    Object.assign(this, { room, forms, conditions, change, shown: null });
  }

  /** Draw the forms for the strategies that hold on a day; what is being filled in stays while they do. */
  show(trace, day) {
    this.entries = trace.running(day);
    const now = JSON.stringify([lang(), trace.panel, this.entries]);
    if (now === this.shown) return;
    this.shown = now;
    this.products = trace.products;
    const taken = new Set(trace.entries.map((entry) => entry.name));
    const cards = this.entries.map((entry) => this.card(entry));
    const none = cards.length ? [] : [el("p", {}, t("no_strategies"))];
    this.room.replaceChildren(...none, ...cards, this.adding(taken));
  }

  card(entry) {
    const form = this.forms.find((one) => one.kind === entry.kind);
    return this.form(form, entry, strategyName(entry.name, entry.kind), t("apply"), [
      el("button", { type: "button", className: "quiet", onclick: () => this.change(entry.name, null) }, t("take_out")),
    ]);
  }

  form(about, entry, title, action, more) {
    const fields = about.fields.map((one) => field(about.kind, this.known(one), entry[one.name]));
    const seen = fields.filter((one, i) => i < IN_SIGHT || one.name === "weekdays");
    const folded = fields.filter((one) => !seen.includes(one));
    const whom = about.who ? conditions(this.conditions, entry.who) : null;
    const send = (event) => {
      event.preventDefault();
      const kept = { goal: entry.goal ?? "", ends: entry.ends ?? null, closing: entry.closing ?? 0 };
      const ahead = { starts: entry.starts ?? 0, warm_up: entry.warm_up ?? 0 };
      this.change(entry.name, { kind: about.kind, ...kept, ...ahead, ...readAll(fields), ...(whom ? { who: whom.read() } : {}) });
    };
    return el("form", { className: "lever", onsubmit: send },
      el("h3", {}, title),
      el("p", { className: "hint" }, has(`about.${about.kind}`) ? t(`about.${about.kind}`) : lang() === "en" ? about.about : about.about_zh),
      ...seen.map((one) => one.node),
      folded.length ? el("details", {}, el("summary", {}, t("more_settings")), ...folded.map((one) => one.node)) : null,
      whom ? el("details", {}, el("summary", {}, t("who")), whom.node) : null,
      el("div", { className: "buttons" }, el("button", { type: "submit", className: "primary" }, action), ...more));
  }

  /** A product is one of those that the plan sells. */
  known(about) {
    if (about.name !== "product") return about;
    const names = this.products.map((product) => product.name);
    return { ...about, control: "choice", choices: names, default: names[0] };
  }

  /** A choice of kinds; the chosen one's form appears below. */
  adding(taken) {
    const place = el("div");
    const options = this.forms.map((one) => el("option", { value: one.kind }, kindName(one.kind)));
    const select = el("select", {}, el("option", { value: "" }, t("choose")), ...options);
    select.onchange = () => {
      const form = this.forms.find((one) => one.kind === select.value);
      if (!form) return place.replaceChildren();
      const entry = { ...STARTERS[form.kind]?.(this.products[0].price), name: freeName(form.kind, taken) };
      place.replaceChildren(this.form(form, entry, kindName(form.kind), t("begin"), []));
    };
    return el("div", { className: "adding" }, el("label", {}, `${t("add_strategy")} `, select), place);
  }
}

/** What a new strategy needs said before it is a plan, for a usual price in yuan. */
const STARTERS = {
  flash_sale: () => ({ discount: 0.15 }),
  group_buying: (price) => ({ ladder: [{ size: 2, price: yuan(0.85 * price) }, { size: 3, price: yuan(0.75 * price) }] }),
};

const yuan = (amount) => Math.max(0.01, Math.round(100 * amount) / 100);

/** A name for one more strategy of a kind. */
export function freeName(kind, taken) {
  if (!taken.has(kind)) return kind;
  let number = 2;
  while (taken.has(`${kind} ${number}`)) number++;
  return `${kind} ${number}`;
}
