// Words of the page in the reader's language: one dictionary a language, the same keys in both.

let words = {};
let language = "en";

export const lang = () => language;

export async function speak(wanted) {
  const inside = document.getElementById(`words-${wanted}`); // where the page is one file
  words = inside ? JSON.parse(inside.textContent) : await (await fetch(`${wanted}.json`)).json();
  language = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : wanted;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-help]")) node.title = t(node.dataset.help);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.label);
  }
}

/** The words of a key, with {names} filled in (for one of something, those of `key.one` if there are any). */
export function t(key, values = {}) {
  const text = (values.n === "1" && words[`${key}.one`]) || (words[key] ?? key);
  return typeof text === "string" ? text.replace(/\{([\w.]+)\}/g, (_, name) => values[name] ?? "") : text;
}

export const has = (key) => key in words;

const formats = new Map(); // making one takes longer than using it

export function number(value, digits = 0) {
  const key = `${language} ${digits}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: digits }));
  }
  return formats.get(key).format(value);
}

/** A number that may be more or less than nothing, with its sign. */
export const signed = (value) => (Math.round(value) > 0 ? "+" : "") + number(Math.round(value) || 0).replace("-", "\u2212");

/** A number on an axis, short however large it is. */
export const short = (value) => value.toLocaleString(language, { notation: "compact", maximumFractionDigits: 1 });

/** The name of a kind of strategies. */
export const kindName = (kind) => (has(`kind.${kind}`) ? t(`kind.${kind}`) : kind);

const WHEN = /^(?:[a-z]{3}(?:[-, ]+[a-z]{3})*|\d{4}-\d\d-\d\d)?\s*(?:\d+(?::00)?)?(?: \(\d+\))?$/;

/** The name of a strategy: translated where it is its kind, maybe with days, hour or a number; others are the user's. */
export function strategyName(name, kind) {
  if (name === "operator" || name === "shelf") return t(`kind.${name}`);
  if (name === kind) return kindName(kind);
  const rest = kind && name.startsWith(`${kind} `) ? name.slice(kind.length + 1) : null;
  if (rest === null || !WHEN.test(rest)) return own(name);
  return `${kindName(kind)} ${rest.replace(/[a-z]{3}/g, (day) => (has(`choice.${day}`) ? t("weekday", { day: t(`choice.${day}`) }) : day))}`;
}

/** The names of plans that come with the program are translated, those of others are their own. */
export const planName = (name) => (has(`plan.${name}`) ? t(`plan.${name}`) : own(name));
/** What shipped plans call something of their own; of others it stays as it is. */
export const own = (text) => words[`own.${text}`] ?? text;
/** A group by its number, or by the name that its plan gives it. */
export const groupName = (name) => (/^\d+$/.test(name) ? t("group.numbered", { group: name }) : t("group.named", { group: own(name) }));
/** What the plan of a panel is called, with what has been changed in it. */
export const panelName = (trace) => trace.title?.() ?? planName(trace.name);
export const planAbout = ({ name, about }) => (has(`plan.${name}.about`) ? t(`plan.${name}.about`) : own(about));

export function date(start, day) {
  const at = new Date(`${start}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + day);
  return at.toLocaleDateString(language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
}
