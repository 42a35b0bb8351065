// Tables from rows that the server has told.

import { el } from "./dom.js";

/** A table from its rows, the head first; a summary that hides it is called like its first column. */
export function asTable([head, ...rows], summary) {
  if (summary) summary.textContent = head[0];
  const cells = (row) => row.slice(1).map((cell) => el("td", {}, cell));
  return el("table", {},
    el("thead", {}, el("tr", {}, ...head.map((cell) => el("th", { scope: "col" }, cell)))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row[0]), ...cells(row)))));
}
