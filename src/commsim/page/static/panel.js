// One community: its picture, what just happened, its figures of the day, and its levers.

import { Bins } from "./bins.js";
import { el } from "./dom.js";
import { asTable } from "./table.js";
import { happened } from "./happened.js";
import { Network } from "./network.js";
import { has, lang, number, planAbout, planName, t } from "./words.js";

const FIGURES = ["members", "active", "messages", "orders", "profit"];

export class Panel {
  /** `page` answers to what is pressed: branch, save, close, levers, tell (a member's story). */
  constructor(index, page) {
    this.index = index;
    this.page = page;
    this.node = document.getElementById("panel").content.firstElementChild.cloneNode(true);
    this.node.dataset.panel = index;
    this.canvas = this.find("canvas");
    this.find(".branch").onclick = () => page.branch(this.index);
    this.find(".why").onclick = () => page.why(this.index);
    this.find(".save").onclick = () => page.save(this.index);
    this.find(".close").onclick = () => page.close(this.index);
    this.find(".open").onclick = () => page.openLevers(this.index);
    this.canvas.onclick = (event) => this.click(event);
    this.figures = Object.fromEntries(FIGURES.map((name) => [name, [el("dt"), el("dd")]]));
    this.find(".figures").append(...Object.values(this.figures).map((pair) => el("div", {}, ...pair)));
    this.words();
  }

  find(selector) {
    return this.node.querySelector(selector);
  }

  words() {
    for (const name of ["branch", "why", "save", "close"]) this.find(`.${name}`).textContent = t(name);
    for (const name of FIGURES) this.figures[name][0].textContent = t(`figure.${name}`);
    this.node.setAttribute("aria-busy", String(!this.trace));
    if (!this.trace) this.find(".happened").textContent = t("computing");
    this.find(".name").textContent = this.trace ? planName(this.trace.name) : "";
    this.find(".about").textContent = this.trace ? planAbout(this.trace) : "";
    const unlawful = Object.entries(this.trace?.unlawful ?? {});
    this.find(".unlawful").hidden = !unlawful.length;
    this.find(".unlawful").textContent = unlawful.map(([word, what]) => t("unlawful", { what: has(`unlawful.${word}`) ? t(`unlawful.${word}`) : what })).join(" ");
  }

  renumber(index) {
    this.index = index;
    this.node.dataset.panel = index;
  }

  show(trace) {
    this.trace = trace;
    const Drawing = trace.one_by_one ? Network : Bins;
    if (!(this.drawing instanceof Drawing)) this.drawing = new Drawing(this.canvas);
    this.drawing.show(trace);
    this.words();
  }

  draw(at, phase) {
    if (!this.trace) return;
    at = Math.min(at, this.trace.days);
    this.drawing.draw(at, phase);
    if (at !== this.at || this.told !== this.trace) this.tell(at);
  }

  tell(at) {
    [this.at, this.told] = [at, this.trace];
    const text = happened(this.trace, at);
    this.find(".happened").textContent = text;
    this.canvas.setAttribute("aria-label", t("picture", { name: planName(this.trace.name), text }));
    const { curves } = this.trace, day = at - 1;
    const values = at === 0 ? {} : {
      members: number(curves.members[day]), active: `${number(curves.active[day], 1)} %`,
      messages: number(this.trace.daily.messages[day]), orders: number(this.trace.daily.orders[day]),
      profit: t("yuan", { n: number(curves.profit[day]) }),
    };
    for (const name of FIGURES) this.figures[name][1].textContent = values[name] ?? "–";
    this.target(at);
    this.find(".open").textContent = at < this.trace.days ? t("levers", { day: at }) : t("levers_over");
    this.find(".open").disabled = at >= this.trace.days;
  }

  /** At the end of the run: which goals were reached, who got to which stage, who was paid, what agents left. */
  target(at) {
    for (const name of ["target", "stages", "parties", "partners", "agents"]) {
      const room = this.find(`.${name}`), rows = this.trace[name]?.[lang()] ?? [];
      room.hidden = at < this.trace.days || !rows.length;
      if (!room.hidden) room.querySelector(".scroll").replaceChildren(asTable(rows, room.querySelector("summary")));
    }
  }

  click(event) {
    const box = this.canvas.getBoundingClientRect();
    const person = this.drawing?.personAt(event.clientX - box.left, event.clientY - box.top) ?? -1;
    if (person >= 0) this.page.tell(person);
  }

  choose(person) {
    if (!this.drawing) return;
    this.drawing.chosen = this.trace.one_by_one && this.trace.columns.group[person] >= 0 ? person : -1;
  }

  resize() {
    this.drawing?.resize();
  }
}
