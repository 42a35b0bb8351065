// A line to the server that comes back by itself, and the language of a page of the league.

import { $ } from "../dom.js";
import { Link } from "../link.js";
import { lang, speak, t } from "../words.js";

const AGAIN = 3000; // milliseconds until a lost line is tried again

export class Line {
  /** `hear` gets every reply; the first one of each connection is the server's hello. */
  constructor(hear) {
    this.hear = hear;
    this.open();
  }

  open() {
    this.link = new Link((reply) => this.hear(reply), () => {
      say(t("league.lost"), true);
      setTimeout(() => this.open(), AGAIN);
    });
  }

  ask(message) {
    this.link.ask(message);
  }
}

/** Speak a language, and let the button offer the other one. */
export async function inLanguage(wanted, drawn) {
  await speak(wanted);
  document.title = `${t("league.title")} · commsim`;
  const other = wanted === "zh" ? "en" : "zh";
  const button = $("language");
  Object.assign(button, { textContent: other === "zh" ? "中文" : "English", lang: other });
  button.onclick = () => inLanguage(other, drawn);
  drawn();
}

export function say(text, bad = false) {
  $("status").textContent = text.charAt(0).toUpperCase() + text.slice(1);
  $("status").classList.toggle("bad", bad);
}

/** What the league is about, in a line. */
export function facts({ shop, days, budget }) {
  const told = [shop, t("league.days", { n: String(days) })];
  if (budget !== null) told.push(t("league.budget", { yuan: budget.toLocaleString(lang()) }));
  return told.join(" · ");
}
