// Why a plan earns what it earns: what each of its strategies brings, and whom it keeps or loses.

import { el } from "./dom.js";
import { asTable } from "./table.js";
import { lang, panelName, planName, t } from "./words.js";

/** A text of the server's with the names of the plans of some runs as the page has them. */
export function withNames(text, traces) {
  const called = new Map([["doing nothing", planName("doing nothing")], ...traces.map((trace) => [trace.name, panelName(trace)])]);
  const longest = [...called.keys()].sort((a, b) => b.length - a.length);
  const any = new RegExp(longest.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return text.replace(any, (name) => called.get(name));
}

/** A button for what takes longer: each thing about people switched off. */
function askMore(more) {
  const button = el("button", { type: "button", onclick: () => {
    button.disabled = true;
    button.textContent = t("computing");
    more();
  } }, t("why_more"));
  return button;
}

/** Fill and open the dialog; `reply` holds the text and tables in each language; `more` asks for all of it. */
export function showWhy(dialog, reply, trace, more) {
  const { text, tables } = reply.told[lang()];
  const close = el("button", { type: "button", className: "close", onclick: () => dialog.close() }, t("close_story"));
  dialog.replaceChildren(
    el("header", {}, el("h2", { id: "why-title" }, t("why_title", { name: panelName(trace) })), close),
    el("p", {}, withNames(text, [trace])),
    ...tables.flatMap(([title, rows]) => [el("h3", {}, title), el("div", { className: "scroll", tabIndex: 0 }, asTable(rows))]),
    reply.whole ? "" : askMore(more),
  );
  if (!dialog.open) dialog.showModal();
}
