// The parts of a chance, as factors on it or shares of it.

import { el } from "./dom.js";
import { draw } from "./timeline.js";
import { number, panelName, t } from "./words.js";

const ALMOST_ONE = 0.015; // factors nearer to 1 than this say nothing
const LEAST_SHARE = 0.03; // smaller ones are not told
const WIDEST = Math.log(8); // the factor that fills its room

/** Factors of the chance to mute, or of what messages add to the one to leave. */
export function ofStay(why, what) {
  const parts = [
    ["messages", (why.posts + why.weight * why.adverts) * why.heard, `${number(why.posts)} + ${number(why.weight * why.adverts, 1)}`],
    ["crowd", why.crowd], ["impatience", why.impatience], ["patience", why.patience],
  ];
  if (what === "muted") return [...parts, ["measures", why.mute_turned]];
  return [["by_messages", null, `${percent(why.leave_by_posts)} %`], ...parts, ["if_muted", why.if_muted], ["held", why.held], ["measures", why.leave_turned]];
}

/** Factors of the chance to order. */
export function ofOrder(urge) {
  const usual = urge.usual * urge.appeal + urge.sample, names = ["price", "scarce", "others", "trust", "touch", "before", "advert", "lift", "elsewhere", "nudge"];
  return [["usual", null, t("weighed.rate", { n: rate(usual) }), usual], ...names.map((name) => [name, Math.exp(urge[name])])];
}

/** What the chance is made of (to leave), or what makes it differ between two plans, in shares. */
export function shares(sides, what) {
  const known = sides.filter((one) => one.chance !== null), from = known.find((one) => one.did);
  if (!from || what === "unmuted") return "";
  if (what === "left") {
    const { posts, weight, adverts, leave_by_posts: messages } = from.why, own = (messages * posts) / Math.max(1e-9, posts + weight * adverts);
    return t("weighed.share.left", { name: panelName(from.trace), posts: whole(own), adverts: whole(messages - own), rest: whole(1 - messages) });
  }
  const to = known.filter((one) => !one.did).sort((a, b) => a.chance - b.chance)[0];
  if (!to) return "";
  const values = from.parts.map(([name, factor, , value], k) => [name, factor ?? value, to.parts[k][1] ?? to.parts[k][3]]);
  if (values.some(([, one, two]) => !(one > 0) || !(two > 0))) return t("weighed.share.none", { name: panelName(to.trace) });
  const logs = values.map(([name, one, two]) => [name, Math.log(one / two)]), sum = logs.reduce((total, [, log]) => total + log, 0);
  if (Math.abs(sum) < ALMOST_ONE) return "";
  const told = logs.map(([name, log]) => [name, log / sum]).filter(([, share]) => Math.abs(share) >= LEAST_SHARE).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  return t("weighed.share.difference", { one: panelName(from.trace), two: panelName(to.trace), parts: told.map(([name, share]) => t("weighed.share", { part: t(`part.${name}`), n: whole(share) })).join(t("story.comma")) });
}

const whole = (share) => number(100 * share);

/** A row a part. */
export const table = (sides) => parts(sides).map(([name, cells]) => el("tr", {}, el("th", { scope: "row" }, name), ...cells));

/** The same where there is little room: the name above. */
export const stack = (sides) => parts(sides).flatMap(([name, cells]) => [el("tr", {}, el("th", { scope: "rowgroup", colSpan: sides.length }, name)), el("tr", {}, ...cells)]);

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

const rate = (orders) => number(orders, orders < 0.01 ? 4 : orders < 0.1 ? 3 : 2);

/** Of 100, with as many digits as such a chance needs. */
export const percent = (share) => number(100 * share, share < 0.001 ? 3 : share < 0.1 ? 2 : 1);
