// The rows of a ladder: place, team, its best idea and fatal day, and what it adds to doing nothing.

import { el } from "../dom.js";
import { lang, t } from "../words.js";

const MARGIN = 3; // per cent of the chart that stay free on either side
const DRAWN = 3; // the column that is drawn, and has its numbers beside it
const NARROW = 8; // per cent of the chart in which an interval has no room for its ends beside the dot

/** Head and body of the table. */
export function rungs(ladder) {
  const said = ladder.said[lang()];
  const spent = ladder.budget !== null;
  const titles = [t("league.rank"), t("league.who"), t("league.reasons"), t("league.beyond", { measure: said.measured }), ...(spent ? [t("league.spent")] : [])];
  const span = ladder.high - ladder.low || 1;
  const at = (value) => MARGIN + ((100 - 2 * MARGIN) * (value - ladder.low)) / span;
  const head = el("thead", {}, el("tr", {}, ...titles.map((text, k) => el("th", { scope: "col", colSpan: k === DRAWN ? 2 : 1 }, text))));
  return [head, el("tbody", {}, ...ladder.rows.map((row) => rung(row, at, spent)))];
}

function rung(row, at, spent) {
  const said = row.said[lang()], out = row.place === "-";
  const details = [];
  if (row.waits) details.push(el("span", { className: "waits" }, t("league.waits")));
  else if (said.idea) details.push(el("span", { className: "idea" }, t("league.idea", { what: said.idea })));
  if (said.drop) details.push(el("span", { className: "drop" }, t("league.drop", { what: said.drop })));
  if (row.day) details.push(el("span", { className: "fatal" }, t("league.fatal", { day: String(row.day) })));
  const sure = row.low > 0 ? "ahead" : row.high < 0 ? "behind" : "open", tie = row.place.includes("-") && !out;
  const cells = [
    el("td", { className: "place" }, out ? "–" : row.place.replace("-", "–"), tie ? el("span", { className: "tie" }, t("league.tie")) : null),
    el("th", { scope: "row", className: "team" }, row.team),
    el("td", { className: "details" }, ...details),
    el("td", { className: "chart" }, chart(row, at, sure)),
    el("td", { className: `gain ${sure}` }, el("strong", {}, said.mean), el("span", { className: "limits" }, said.limits)),
  ];
  if (spent) cells.push(el("td", { className: "spent" }, said.spent, out ? el("span", { className: "bad" }, ` ${t("league.too_much")}`) : null));
  return el("tr", { className: `${out ? "out " : ""}${row.place.split("-")[0] === "1" ? "first" : ""}` }, ...cells);
}

function chart(row, at, sure) {
  const node = el("div", { className: `whisker ${sure}`, "aria-hidden": "true" });
  const zero = el("span", { className: "zero" }), bar = el("span", { className: "bar" }), range = el("span", { className: "range" }), dot = el("span", { className: "dot" });
  const [from, to] = [Math.min(0, row.mean), Math.max(0, row.mean)];
  if (at(row.high) - at(row.low) < NARROW) range.classList.add("narrow");
  zero.style.left = `${at(0)}%`;
  Object.assign(bar.style, { left: `${at(from)}%`, width: `${at(to) - at(from)}%` });
  Object.assign(range.style, { left: `${at(row.low)}%`, width: `${Math.max(0.3, at(row.high) - at(row.low))}%` });
  dot.style.left = `${at(row.mean)}%`;
  node.append(zero, bar, range, dot);
  return node;
}
