// The terms of the field in both languages.

import { el } from "./dom.js";
import { lang, t } from "./words.js";

/** Fill and open the dialog. */
export function showGlossary(dialog) {
  const close = el("button", { type: "button", className: "close", onclick: () => dialog.close() }, t("close_story"));
  const terms = t("terms").flatMap(([term, other, meaning]) => [el("dt", {}, term, " ", el("small", { lang: lang() === "en" ? "zh" : "en" }, other)), el("dd", {}, meaning)]);
  dialog.replaceChildren(el("header", {}, el("h2", { id: "glossary-title" }, t("glossary")), close), el("dl", {}, ...terms));
  dialog.showModal();
}
