// What weighed on a member on a day: the parts of the chances that the engine drew with, and the draw.

import { el } from "./dom.js";
import { LINES } from "./curves.js";
import { ofOrder, ofStay, percent, shares, stack, table } from "./parts.js";
import { draw } from "./timeline.js";
import { daysUntil, STANDINGS } from "./told.js";
import { number, panelName, t } from "./words.js";

const TURNS = ["left", "muted", "unmuted", "order"];

/** Days that are over on which something with a reason happened under some plans and not under all (one alone: any), in order. */
export function turns(tellings, at) {
  const found = new Map(), all = tellings.length;
  for (const { told } of tellings) {
    for (const day of daysUntil(told, at)) {
      for (const what of TURNS.filter((one) => day[one])) {
        const key = `${day.day} ${what}`;
        found.set(key, { day: day.day, what, plans: (found.get(key)?.plans ?? 0) + 1 });
      }
    }
  }
  return [...found.values()].filter(({ plans }) => all === 1 || plans < all).sort((a, b) => a.day - b.day);
}

/** The one that is told first: the last time that they muted or left, or else the last one. */
export const foremost = (all) => all.filter(({ what }) => what === "left" || what === "muted").pop() ?? all[all.length - 1];

/** Elements that tell of one turn under each plan; `width`: of their room. */
export function weighed({ day, what }, tellings, em, width) {
  const sides = tellings.map((one) => side(one, day, what));
  const known = sides.filter((one) => one.chance !== null);
  const stacked = (6.5 + 10 * sides.length) * em > width;
  const rows = stacked ? stack(sides) : table(sides), parts = what === "order" ? "weighed.parts_rate" : "weighed.parts";
  return [
    el("h3", {}, t(`weighed.title.${what}`, { day: day + 1 })),
    chances(sides, what, em),
    known.length ? el("p", {}, t(`weighed.draw.${what}`, { draw: percent(known[0].luck) })) : null,
    ...sides.map((one) => el("p", { className: "outcome" }, swatch(one.panel), el("b", {}, t("weighed.under", { name: panelName(one.trace) })), one.told)),
    el("p", {}, shares(sides, what)),
    rows.length ? el("div", { className: stacked ? "scroll stacked" : "scroll", tabIndex: 0, role: "group", "aria-label": t(parts) }, el("table", {},
      el("caption", {}, t(parts)),
      el("thead", {}, el("tr", {}, stacked ? null : el("td"), ...sides.map((one) => el("th", { scope: "col" }, swatch(one.panel), panelName(one.trace))))),
      el("tbody", {}, ...rows))) : null,
  ].filter(Boolean);
}

const swatch = (panel) => {
  const { ink, dash } = LINES[panel];
  return draw("svg", { width: 26, height: 8, "aria-hidden": "true" },
    draw("line", { x1: 0, x2: 26, y1: 4, y2: 4, stroke: ink, "stroke-width": 4, "stroke-dasharray": dash.join(" ") || null }));
};

/** The chance and the draw of a day under one plan, what came of it, and the parts of the chance. */
function side({ told, trace, panel }, day, what) {
  const { why, urge } = told.why[day] ?? {}, did = Boolean(told.days.find((one) => one.day === day)?.[what]);
  const made = { trace, panel, did, why, chance: null, luck: null, parts: [] };
  if (what === "order") {
    if (!urge) return { ...made, told: t(did ? "weighed.asked" : "weighed.away") };
    const sum = told.series.buy.slice(0, day + 1).reduce((total, chance) => total + (chance ?? 0), 0);
    const orders = daysUntil(told, day + 1).reduce((total, one) => total + (one.order?.length ?? 0), 0);
    const by = t("weighed.by_then.order", { n: number(sum, 1), orders: String(orders), day: day + 1 });
    return { ...made, chance: urge.chance, luck: urge.draw, parts: ofOrder(urge), told: `${outcome(what, urge.chance, did)}${t("happened.and")}${by}` };
  }
  if (!why) return { ...made, told: t("weighed.away") };
  if (what !== "left" && hasMuted(told, day) !== (what === "unmuted")) return { ...made, told: t(hasMuted(told, day) ? "weighed.muted_before" : "weighed.rings") };
  const chance = what === "left" ? why.leave : why.mute, luck = what === "left" ? why.draw : 1 - why.draw;
  const by = what === "unmuted" ? "" : t(`weighed.by_then.${what}`, { n: percent(until(told, day, what)), day: day + 1 });
  return { ...made, chance, luck, parts: what === "unmuted" ? [] : ofStay(why, what), told: `${outcome(what, chance, did)}${t("happened.and")}${by}` };
}

const outcome = (what, chance, did) => t(`weighed.${did ? "did" : "did_not"}.${what}`, { chance: percent(chance) });

/** Whether they had muted the group on the morning of a day. */
const hasMuted = (told, day) => (day ? STANDINGS[told.standing[day - 1]] === "muted" : told.muted_at_start);

/** Of people like them the share who would have left, or muted, by the evening of a day. */
function until(told, day, what) {
  const chances = told.series[what === "left" ? "leave" : "mute"].slice(0, day + 1).filter((_, d) => what === "left" || !hasMuted(told, d));
  return 1 - chances.reduce((stays, chance) => stays * (1 - (chance ?? 0)), 1);
}

/** Bars of the chances, and the line of the draw: it happened where the bar goes beyond. */
function chances(sides, what, em) {
  const known = sides.filter((one) => one.chance !== null);
  if (!known.length) return null;
  const width = 22 * em, high = 1.5 * em, room = 5 * em, most = Math.max(...known.map((one) => one.chance), 1e-6) * 1.1;
  const x = (chance) => (Math.min(chance, most) / most) * (width - room), at = x(known[0].luck), beyond = known[0].luck > most;
  const label = known.map((one) => `${panelName(one.trace)} ${percent(one.chance)} %`).join(t("parts"));
  const tall = sides.length * high + 0.2 * em, shown = [...sides.entries()].filter(([, one]) => one.chance !== null);
  return draw("svg", { viewBox: `0 0 ${width} ${tall + 1.2 * em}`, class: "chances", role: "img", "aria-label": label },
    ...shown.map(([k, one]) => draw("rect", { x: 0, y: k * high + 0.2 * em, width: Math.max(1, x(one.chance)), height: 1.1 * em, fill: LINES[one.panel].ink, class: "chance" })),
    draw("line", { x1: at, x2: at, y1: 0, y2: tall, stroke: "#b8478a", "stroke-width": 3 }),
    ...shown.map(([k, one]) => words(`${percent(one.chance)}\u00a0%`, x(one.chance) + 0.4 * em, k * high + 1.1 * em, em)),
    words(`${t("weighed.drew")} ${percent(known[0].luck)}${beyond ? " →" : ""}`, Math.max(0, Math.min(at - 2 * em, width - 7 * em)), tall + em, 0.9 * em));
}

function words(text, x, y, em) {
  const made = draw("text", { x, y, "font-size": em, fill: "#16222e", stroke: "#fff", "stroke-width": 4, "paint-order": "stroke" });
  made.textContent = text;
  return made;
}
