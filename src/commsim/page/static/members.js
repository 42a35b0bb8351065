// Members whose fate differs most between the plans: who is suggested on a day, and their stories.

import { el } from "./dom.js";
import { LINES } from "./curves.js";
import { fate, nameOf } from "./told.js";
import { Story } from "./story.js";
import { groupName, number, panelName, t } from "./words.js";

export class Members {
  /** `ask(person)` asks for the story of who is not among the suggested; `chosen(person)` marks them in the pictures, -1 nobody. */
  constructor(room, dialog, { ask, chosen }) {
    Object.assign(this, { room, ask, chosen, found: {}, traces: [], at: 0, drawn: "" });
    this.story = new Story(dialog, () => this.next());
    dialog.onclose = () => chosen(-1);
  }

  /** What the server has found for these runs; nothing where plans can't be compared. */
  take(found) {
    Object.assign(this, { found, drawn: "" });
    this.draw();
  }

  /** The runs are others: no story is of them any more, and nobody is suggested. */
  forget() {
    this.story.dialog.close();
    this.take({});
  }

  /** Tell a member's story: at once if they are suggested. */
  tell(person) {
    const panels = this.found.stories?.[person];
    if (panels) this.told({ person, panels });
    else this.ask(person);
  }

  told(reply) {
    this.chosen(reply.person);
    this.story.show(reply, this.traces, this.at);
  }

  /** The next of the suggested. */
  next() {
    const { picks } = this, now = picks.indexOf(this.story.reply?.person);
    if (picks.length) this.tell(picks[(now + 1) % picks.length]);
  }

  /** Who is suggested on the day of the clock: chosen by what has happened until then. */
  get picks() {
    return (this.found.picks ?? []).filter(([from]) => from <= this.at).pop()?.[1] ?? [];
  }

  until(at, traces) {
    Object.assign(this, { at, traces });
    this.draw();
    this.story.until(at, traces);
  }

  /** Words and runs may be others. */
  again() {
    this.drawn = "";
    this.until(this.at, this.traces);
  }

  draw() {
    const { picks, at, traces, found } = this, key = `${at} ${picks}`;
    this.room.hidden = !found.picks?.length || traces.some((trace) => !trace);
    if (this.room.hidden || key === this.drawn) return;
    this.drawn = key;
    const had = this.room.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    this.room.querySelector("p").textContent = this.counted();
    this.room.querySelector("ul").replaceChildren(...picks.map((person) => el("li", {}, this.card(person))));
    if (had) this.room.querySelector(`[data-person="${had}"]`)?.focus();
  }

  /** How many stand better under which plan. */
  counted() {
    const { found, traces, at } = this;
    if (!this.picks.length) return t("members.later", { day: found.picks[0][0] });
    const counts = found.better.map((by_day, panel) => t("members.better", { n: number(by_day[at]), name: panelName(traces[panel]) }));
    return t(counts.length > 2 ? "members.counted_many" : "members.counted", { members: number(found.members), day: at, counts: counts.join(t("story.comma")) });
  }

  /** A member with how they fare under each plan, which opens their story. */
  card(person) {
    const panels = this.found.stories[person];
    const lines = panels.map((told, panel) => {
      const line = el("span", { className: "line", "aria-hidden": "true" });
      line.style.borderTopColor = LINES[panel].ink;
      line.style.borderTopStyle = ["solid", "dashed", "dotted", "double"][panel];
      return el("span", { className: "fate" }, line, el("span", { className: "skip" }, `${panelName(this.traces[panel])}: `), fate(told, this.at));
    });
    return el("button", { type: "button", data: { person }, onclick: () => this.tell(person) },
      el("b", {}, t("members.one", { person: nameOf(panels[0]), group: groupName(panels[0].group_name) })), ...lines);
  }
}
