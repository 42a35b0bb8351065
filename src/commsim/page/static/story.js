// A member's story under each plan: their days on one axis, what weighed on a day, and all of it in words.

import { el } from "./dom.js";
import { LINES } from "./curves.js";
import { timeline } from "./timeline.js";
import { daysUntil, fate, nameOf, portrait, sentences } from "./told.js";
import { foremost, turns, weighed } from "./weighed.js";
import { panelName, t } from "./words.js";

export class Story {
  /** `next` tells the story of another member who is suggested, if there are any. */
  constructor(dialog, next) {
    Object.assign(this, { dialog, next, reply: null, turn: null, at: -1 });
  }

  get open() {
    return this.dialog.open;
  }

  /** `reply` holds one telling a panel (null where nobody has that number), `traces` their runs; nothing after `at` is told. */
  show(reply, traces, at) {
    if (reply !== this.reply) this.turn = null;
    Object.assign(this, { reply, traces, at });
    const isNew = !this.dialog.open;
    if (isNew) this.dialog.showModal(); // first, so that there is a width to draw in
    const held = isNew ? null : this.held;
    this.draw();
    (this.dialog.querySelector(held ?? "h2") ?? this.dialog.querySelector("h2")).focus({ preventScroll: !isNew });
  }

  /** What has the focus, so that it keeps it when all is drawn anew. */
  get held() {
    const { activeElement: one } = document;
    return [".next", ".close", ".weighed .scroll", ".turns [aria-pressed=true]"].find((what) => one?.matches(`#${this.dialog.id} ${what}`)) ?? null;
  }

  /** Another day on the clock, or another language. */
  until(at, traces) {
    if (!this.open) return;
    this.show(this.reply, traces, at);
  }

  draw() {
    const { dialog, reply, traces, at } = this;
    const tellings = reply.panels.map((told, panel) => (told && traces[panel] ? { told, trace: traces[panel], panel } : null)).filter(Boolean);
    dialog.replaceChildren(this.head(tellings));
    if (!tellings.length) return dialog.append(el("p", {}, t("story.nobody")));
    dialog.append(el("p", { className: "hint" }, t(tellings.length > 1 ? "story.same" : "story.cut")));
    const em = parseFloat(getComputedStyle(dialog).fontSize), days = Math.max(...tellings.map(({ trace }) => trace.days));
    const room = el("div", { className: "days" }), reasons = el("section", { className: "weighed" });
    dialog.append(el("div", { className: "both" }, room, reasons, this.words(tellings)));
    const label = tellings.map(({ told, trace }) => t("part_of", { name: panelName(trace), what: at ? fate(told, at) : t("story.not_begun") })).join(t("parts"));
    room.append(timeline(tellings, at, days, { em, width: room.clientWidth, label }), el("p", { className: "hint" }, t("story.marks")));
    this.reasons(reasons, tellings, em);
  }

  head(tellings) {
    const { reply, dialog } = this, known = tellings[0]?.told;
    const name = known ? nameOf(known) : String(reply.person);
    const another = this.next && el("button", { type: "button", className: "next", onclick: () => this.next(reply.person) }, t("story.next"));
    const close = el("button", { type: "button", className: "close", onclick: () => dialog.close() }, t("close_story"));
    return el("header", {}, el("h2", { id: "story-title", tabIndex: -1 }, t("story.title", { person: name }), " ", el("small", {}, t(this.at ? "story.until" : "before_day", { day: this.at, days: this.traces.find(Boolean).days }))),
      el("div", { className: "buttons" }, another || null, close));
  }

  /** What weighed on the day that is chosen, and buttons for the others. */
  reasons(room, everybody, em) {
    const tellings = everybody.filter(({ told }) => !told.bare), all = turns(tellings, this.at);
    if (tellings.length < everybody.length) room.append(el("p", { className: "hint" }, t("weighed.bare")));
    if (!tellings.length) return;
    const chosen = all.find(({ day, what }) => `${day} ${what}` === this.turn) ?? foremost(all);
    if (!chosen) return room.append(el("p", { className: "hint" }, t("weighed.nothing")));
    const buttons = all.map((one) => el("button", {
      type: "button", "aria-pressed": String(one === chosen),
      onclick: () => { this.turn = `${one.day} ${one.what}`; this.draw(); this.dialog.querySelector('.turns [aria-pressed="true"]')?.focus(); },
    }, t(`turn.${one.what}`, { day: one.day + 1 })));
    room.append(...weighed(chosen, tellings, em, room.clientWidth), el("div", { className: "turns", role: "group", "aria-label": t("weighed.days") }, ...(all.length > 1 ? buttons : [])));
  }

  /** All days in words, plan beside plan. */
  words(tellings) {
    return el("div", { className: "tellings" }, ...tellings.map(({ told, trace, panel }) => {
      const days = daysUntil(told, this.at).map((day) => [day.day, sentences(day, trace)]).filter(([, lines]) => lines.length);
      const title = el("h3", {}, panelName(trace));
      title.style.borderColor = LINES[panel].ink;
      return el("section", {}, title, el("p", { className: "portrait" }, this.at ? portrait(told, this.at) : t("story.not_begun")),
        el("ol", {}, ...days.map(([day, lines]) => el("li", {}, el("b", {}, t("story.day", { day: day + 1 })), t("happened.and"), lines.join(t("happened.and"))))));
    }));
  }
}
