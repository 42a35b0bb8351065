// One community: its picture on a ground that darkens, three numbers, what just happened, and its levers.

import { account } from "./account.js";
import { Bins } from "./bins.js";
import { el } from "./dom.js";
import { ground } from "./ground.js";
import { happened } from "./happened.js";
import { Network } from "./network.js";
import { Quick } from "./quick.js";
import { asTable } from "./table.js";
import { has, lang, number, panelName, planAbout, signed, t } from "./words.js";

const NUMBERS = ["looks", "ringing", "own"];
const FIGURES = ["messages", "orders", "profit"];

export class Panel {
  /** `page` answers to what is pressed: branch, save, close, levers, change, tell (a member's story). */
  constructor(index, page, root) {
    Object.assign(this, { index, page, root, changes: [], branched: null, before: null });
    this.node = document.getElementById("panel").content.firstElementChild.cloneNode(true);
    this.node.dataset.panel = index;
    this.canvas = this.find("canvas");
    this.find(".branch").onclick = () => page.branch(this.index);
    this.find(".why").onclick = () => page.why(this.index);
    this.find(".save").onclick = () => page.save(this.index);
    this.find(".close").onclick = () => page.close(this.index);
    this.find(".open").onclick = () => page.openLevers(this.index);
    this.canvas.onclick = (event) => this.click(event);
    this.quick = new Quick(this.find(".quick"), (name, settings) => page.change(page.panels.indexOf(this), name, settings)); // put away, it has none
    this.figures = Object.fromEntries(FIGURES.map((name) => [name, [el("dt"), el("dd")]]));
    this.find(".figures").append(...Object.values(this.figures).map((pair) => el("div", {}, ...pair)));
    this.words();
  }

  find(selector) {
    return this.node.querySelector(selector);
  }

  words() {
    for (const name of ["branch", "why", "save", "close", "open"]) this.find(`.${name}`).textContent = t(name);
    this.find(".branch").title = t("branch.help");
    this.find(".open").title = t("open.help");
    for (const name of FIGURES) this.figures[name][0].textContent = t(`figure.${name}`);
    this.node.setAttribute("aria-busy", String(!this.trace));
    if (!this.trace) this.find(".happened").textContent = t("computing");
    this.find(".name").textContent = this.trace ? panelName(this.trace) : "";
    const about = this.trace ? planAbout({ name: this.root, about: this.trace.about }) : "";
    this.find(".about").textContent = this.changes.length && about ? t("about.before", { about }) : about;
    this.find(".about").title = this.find(".about").textContent;
    const unlawful = Object.entries(this.trace?.unlawful ?? {});
    this.find(".unlawful").hidden = !unlawful.length;
    this.find(".unlawful").textContent = unlawful.map(([word, what]) => t("unlawful", { what: has(`unlawful.${word}`) ? t(`unlawful.${word}`) : what })).join(" ");
  }

  renumber(index) {
    this.index = index;
    this.node.dataset.panel = index;
  }

  /** `seen`: the most members of a group in any panel, and who is seen from near. */
  show(trace, seen) {
    this.trace = trace;
    const Drawing = trace.one_by_one ? Network : Bins;
    if (!(this.drawing instanceof Drawing)) this.drawing = new Drawing(this.canvas);
    this.see(seen);
    this.words();
  }

  see({ most, cast }) {
    this.drawing?.show(this.trace, most, cast);
  }

  draw(at, { phase, glide, zoom }) {
    if (!this.trace) return;
    at = Math.min(at, this.trace.days);
    if (at !== this.at || this.told !== this.trace) this.tell(at);
    this.drawing.zoom = zoom;
    this.drawing.draw(at, phase, glide, this.isDark);
  }

  tell(at) {
    [this.at, this.told] = [at, this.trace];
    const { colour, isDark } = ground(this.trace.attention(at));
    this.isDark = isDark;
    this.node.style.setProperty("--ground", colour);
    this.node.classList.toggle("dark", isDark);
    const text = happened(this.trace, at);
    this.find(".happened").textContent = text;
    this.canvas.setAttribute("aria-label", t("picture", { name: panelName(this.trace), text }));
    this.numbers(at);
    this.find(".account").textContent = at < this.trace.days ? "" : account(this.trace);
    this.find(".account").hidden = at < this.trace.days;
    this.target(at);
    const next = at < this.trace.days ? at : 0;
    this.quick.show(this.trace, Math.min(at, this.trace.days - 1));
    this.find(".quick").title = t("quick.help", { day: next + 1 });
  }

  /** The day's numbers; a dash before the first day. */
  numbers(at) {
    const { curves, daily } = this.trace, day = at - 1;
    const big = at === 0 ? {} : { looks: number(curves.active[day]), ringing: number(curves.ringing[day]), own: signed(curves.own[day]) };
    const members = number(at === 0 ? this.trace.members : curves.members[day]);
    const told = NUMBERS.map((name) => {
      const [before, after] = t(`number.${name}`, { n: "\n", members }).split("\n");
      return el("p", { className: name, title: name === "own" ? t("own.how") : "" }, el("span", {}, before), el("strong", {}, big[name] ?? "–"), el("span", {}, after));
    });
    this.find(".numbers").replaceChildren(...told);
    const values = at === 0 ? {} : { messages: number(daily.messages[day]), orders: number(daily.orders[day]), profit: t("yuan", { n: number(curves.profit[day]) }) };
    for (const name of FIGURES) this.figures[name][1].textContent = values[name] ?? "–";
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
    const person = this.drawing?.personAt(event.clientX - box.left, event.clientY - box.top, this.at) ?? -1;
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
