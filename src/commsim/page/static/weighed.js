// What weighed on a member on a day: the parts of the chances that the engine drew with, and the draw.

import { el } from "./dom.js";
import { LINES } from "./curves.js";
import { draw } from "./timeline.js";
import { daysUntil, STANDINGS } from "./told.js";
import { number, panelName, t } from "./words.js";

const TURNS = ["left", "muted", "unmuted", "order"];
const ALMOST_ONE = 0.015; // factors nearer to 1 than this say nothing
const WIDEST = Math.log(8); // the factor that fills its room

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
  const stacked = (8.5 + 10 * sides.length) * em > width;
  const rows = stacked ? stack(sides) : table(sides), parts = what === "order" ? "weighed.parts_rate" : "weighed.parts";
  return [
    el("h3", {}, t(`weighed.title.${what}`, { day: day + 1 })),
    chances(sides, what, em),
    known.length ? el("p", {}, t(`weighed.draw.${what}`, { draw: percent(known[0].luck) })) : null,
    ...sides.map((one) => el("p", { className: "outcome" }, swatch(one.panel), el("b", {}, t("weighed.under", { name: panelName(one.trace) })), one.told)),
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
  const { why, urge } = told.why[day] ?? {}, made = { trace, panel, chance: null, luck: null, parts: [] };
  const did = told.days.find((one) => one.day === day)?.[what];
  if (what === "order") {
    if (!urge) return { ...made, told: t(did ? "weighed.asked" : "weighed.away") };
    const sum = told.series.buy.slice(0, day + 1).reduce((total, chance) => total + (chance ?? 0), 0);
    const orders = daysUntil(told, day + 1).reduce((total, one) => total + (one.order?.length ?? 0), 0);
    const by = t("weighed.by_then.order", { n: number(sum, 1), orders: String(orders), day: day + 1 });
    return { ...made, chance: urge.chance, luck: urge.draw, parts: ofOrder(urge), told: `${outcome(what, urge.chance, did)}${t("happened.and")}${by}` };
  }
  if (!why) return { ...made, told: t("weighed.away") };
  if (what !== "left" && (why.heard < 1) !== (what === "unmuted")) return { ...made, told: t(why.heard < 1 ? "weighed.muted_before" : "weighed.rings") };
  const chance = what === "left" ? why.leave : why.mute, luck = what === "left" ? why.draw : 1 - why.draw;
  const by = what === "unmuted" ? "" : t(`weighed.by_then.${what}`, { n: percent(until(told, day, what)), day: day + 1 });
  return { ...made, chance, luck, parts: what === "unmuted" ? [] : ofStay(why, what), told: `${outcome(what, chance, did)}${t("happened.and")}${by}` };
}

const outcome = (what, chance, did) => t(`weighed.${did ? "did" : "did_not"}.${what}`, { chance: percent(chance) });

/** Of people like them the share who would have left, or muted, by the evening of a day. */
function until(told, day, what) {
  const muted = STANDINGS.indexOf("muted");
  const rings = (d) => (d ? told.standing[d - 1] !== muted : !told.muted_at_start);
  const chances = told.series[what === "left" ? "leave" : "mute"].slice(0, day + 1).filter((_, d) => what === "left" || rings(d));
  return 1 - chances.reduce((stays, chance) => stays * (1 - (chance ?? 0)), 1);
}

/** Factors of the chance to mute, or of what messages add to the one to leave. */
function ofStay(why, what) {
  const parts = [
    ["messages", (why.posts + why.weight * why.adverts) * why.heard, `${number(why.posts)} + ${number(why.weight * why.adverts, 1)}`],
    ["crowd", why.crowd], ["impatience", why.impatience], ["patience", why.patience],
  ];
  if (what === "muted") return [...parts, ["measures", why.mute_turned]];
  return [["by_messages", null, `${percent(why.leave_by_posts)} %`], ...parts, ["if_muted", why.if_muted], ["held", why.held], ["measures", why.leave_turned]];
}

/** Factors of the chance to order. */
function ofOrder(urge) {
  const names = ["price", "scarce", "others", "trust", "touch", "before", "advert", "lift", "elsewhere", "nudge"];
  return [["usual", null, t("weighed.rate", { n: rate(urge.usual * urge.appeal + urge.sample) })], ...names.map((name) => [name, Math.exp(urge[name])])];
}

/** A row a part. */
const table = (sides) => parts(sides).map(([name, cells]) => el("tr", {}, el("th", { scope: "row" }, name), ...cells));

/** The same where there is little room: the name above. */
const stack = (sides) => parts(sides).flatMap(([name, cells]) => [el("tr", {}, el("th", { scope: "rowgroup", colSpan: sides.length }, name)), el("tr", {}, ...cells)]);

/** Parts that say something under any plan, those that say most first: name and cells. */
function parts(sides) {
  const names = [...new Set(sides.flatMap(({ parts }) => parts.map(([name]) => name)))];
  const of = (side, name) => side.parts.find(([one]) => one === name);
  const weight = (name) => Math.max(0, ...sides.map((one) => of(one, name)).map((part) => (!part ? 0 : part[1] === null ? 99 : reach(part[1]))));
  return names.filter((name) => weight(name) > ALMOST_ONE).sort((a, b) => weight(b) - weight(a)).map((name) => [t(`part.${name}`), sides.map((one) => cell(of(one, name)))]);
}

const reach = (factor) => (factor > 0 ? Math.abs(Math.log(factor)) : WIDEST);

/** A factor with a bar: to the right if it raises the chance, to the left if it lowers it. */
function cell(part) {
  if (!part) return el("td", {}, "–");
  const [, factor, words] = part;
  const told = [words ?? "", factor === null ? "" : t("weighed.times", { n: number(factor, Math.abs(factor - 1) < 0.005 || factor >= 9.95 ? 0 : 2) })].filter(Boolean).join(" = ");
  if (factor === null) return el("td", {}, told);
  const wide = 26 * Math.min(1, reach(factor) / WIDEST), raises = factor > 1;
  return el("td", {}, told, draw("svg", { width: 56, height: 12, "aria-hidden": "true", class: "factor" },
    draw("line", { x1: 28, x2: 28, y1: 0, y2: 12, stroke: "#4a5965" }),
    draw("rect", { x: raises ? 28 : 28 - wide, y: 2, width: wide, height: 8, fill: raises ? "#b34a00" : "#00795b" })));
}

/** Bars of the chances, and the line of the draw: it happened where the bar goes beyond. */
function chances(sides, what, em) {
  const known = sides.filter((one) => one.chance !== null);
  if (!known.length) return null;
  const width = 22 * em, high = 1.5 * em, room = 5 * em, most = Math.max(...known.map((one) => one.chance), 1e-6) * 1.1;
  const x = (chance) => (Math.min(chance, most) / most) * (width - room), at = x(known[0].luck), beyond = known[0].luck > most;
  const label = known.map((one) => `${panelName(one.trace)} ${percent(one.chance)} %`).join("; ");
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

const rate = (orders) => number(orders, orders < 0.01 ? 4 : orders < 0.1 ? 3 : 2);

/** Of 100, with as many digits as such a chance needs. */
const percent = (share) => number(100 * share, share < 0.001 ? 3 : share < 0.1 ? 2 : 1);
