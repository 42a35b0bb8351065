// Controls of a form, made from a strategy's own fields (see commsim.page.forms).

import { el } from "./dom.js";
import { has, lang, own, t } from "./words.js";

const DRAGGED = 100; // the widest range that a slider is of use for
let made = 0;

/** A label with its control; `read()` gives the value, undefined where it is left empty; `list`: of whose rows it is a part. */
export function field(kind, about, value, list = null) {
  const id = `field-${made++}`;
  const given = value === undefined || value === null || value === "" ? about.default : value;
  const { node, read } = CONTROLS[about.control](about, given, id, kind);
  const unit = has(`unit.${about.unit}`) ? t(`unit.${about.unit}`) : "";
  const hint = help(kind, about);
  const group = ["several", "rows"].includes(about.control);
  const text = [label(kind, about.name, list), unit ? el("span", { className: "unit" }, ` ${unit}`) : null];
  const caption = group ? el("span", { className: "caption", id: `${id}-caption` }, ...text) : el("label", { for: id }, ...text);
  if (group) {
    node.setAttribute("role", "group");
    node.setAttribute("aria-labelledby", `${id}-caption`);
  }
  const told = el("p", { className: "hint", id: `${id}-help`, hidden: true }, hint);
  const ask = el("button", { type: "button", className: "ask", "aria-label": t("help"), "aria-expanded": "false", "aria-controls": told.id }, "?");
  ask.onclick = () => {
    told.hidden = !told.hidden;
    ask.setAttribute("aria-expanded", String(!told.hidden));
  };
  return { name: about.name, read, node: el("div", { className: `field ${about.control}`, title: hint }, el("span", { className: "called" }, caption, hint ? ask : null), node, hint ? told : null) };
}

/** What a setting means: in the reader's words where the page has them, else as the strategy declares it. */
function help(kind, about) {
  for (const key of [`help.${kind}.${about.name}`, `help.${about.name}`]) if (has(key)) return t(key);
  return (lang() === "en" ? about.about : about.about_zh) ?? "";
}

/** What a setting is called: a part of a list is not called like a setting of the strategy of the same name. */
export function label(kind, name, list = null) {
  const keys = list ? [`${list}.${name}`, name, `${kind}.${name}`] : [`${kind}.${name}`, name];
  for (const key of keys) if (has(`field.${key}`)) return t(`field.${key}`);
  const words = name.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

function entry(about, value, id) {
  const node = el("input", { id, type: "text", value: value ?? "", maxLength: 200 });
  return { node, read: () => (node.value === "" ? undefined : node.value) };
}

/** A number; a share is shown in per cent, and what has limits can be dragged. */
function amount(about, value, id) {
  const whole = about.control === "integer", times = about.unit === "share" ? 100 : 1;
  const shown = (number) => (number === null || number === undefined || number === "" ? "" : Number((times * number).toPrecision(12)));
  const [low, high] = [shown(about.low), shown(about.high)];
  const input = el("input", { id, type: "number", value: shown(value), step: whole ? 1 : "any", required: !about.optional, min: low, max: high });
  const read = () => (input.value === "" ? undefined : Number((Number(input.value) / times).toPrecision(12)));
  if (low === "" || high === "" || high - low > DRAGGED) return { node: input, read };
  const slider = el("input", { type: "range", min: low, max: high, step: whole || times > 1 ? 1 : (high - low) / 100, value: shown(value), tabIndex: -1, "aria-hidden": "true" });
  slider.oninput = () => (input.value = slider.value);
  input.oninput = () => (slider.value = input.value);
  return { node: el("span", { className: "amount" }, slider, input), read };
}

function flag(about, value, id) {
  const node = el("input", { id, type: "checkbox", checked: Boolean(value) });
  return { node, read: () => node.checked };
}

function choice(about, value, id, kind) {
  const options = about.choices.map((choice) => el("option", { value: choice, selected: choice === value }, word(kind, about, choice)));
  const node = el("select", { id }, ...options);
  return { node, read: () => node.value };
}

function several(about, value, id, kind) {
  const boxes = about.choices.map((choice) => el("input", { type: "checkbox", value: choice, checked: value?.includes(choice) }));
  const node = el("div", { className: "boxes" }, ...boxes.map((box) => el("label", {}, box, ` ${word(kind, about, box.value)}`)));
  return { node, read: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}

function numbers(about, value, id) {
  const node = el("input", { id, type: "text", value: (value ?? []).join(", "), placeholder: "10, 20", maxLength: 200 });
  const parts = () => node.value.split(/[,\uff0c\u3001\s]+/).filter(Boolean);
  return { node, read: () => parts().map((part) => (Number.isNaN(Number(part)) ? part : Number(part))) };
}

/** A short table: a row of fields for each item, one more, one less. */
function rows(about, value, id, kind) {
  const list = el("div", { className: "rows" });
  const items = [];
  const add = (given) => {
    const fields = about.columns.map((column) => field(kind, column, given[column.name], about.name));
    const item = { fields, node: el("div", { className: "row" }, ...fields.map((one) => one.node)) };
    const drop = () => { item.node.remove(); items.splice(items.indexOf(item), 1); };
    item.node.append(el("button", { type: "button", onclick: drop }, t("remove_row")));
    items.push(item);
    list.append(item.node);
  };
  for (const given of value ?? []) add(given);
  const node = el("div", {}, list, el("button", { type: "button", onclick: () => add({}) }, t("add_row")));
  return { node, read: () => items.map((item) => readAll(item.fields)) };
}

/** Whom a strategy addresses: a field for each condition, in words as a plan writes them. */
export function conditions(list, value) {
  const fields = list.map((one) => condition(one, value?.[one.name]));
  const read = () => {
    const given = readAll(fields);
    return Object.keys(given).length ? given : null;
  };
  return { node: el("div", { className: "who" }, ...fields.map((one) => one.node)), read };
}

function condition(one, given) {
  const truth = one.unit === "yes/no", names = one.unit === "name";
  const about = { name: one.name, about: one.about, about_zh: one.about_zh, unit: one.unit, control: truth ? "choice" : "text", choices: ["any", "yes", "no"], default: truth ? "any" : "", optional: true };
  const shown = truth ? (given === true ? "yes" : given === false ? "no" : "any") : names ? (given ?? []).join(", ") : given;
  const made = field("who", about, shown);
  const input = made.node.querySelector("input");
  if (input) input.placeholder = one.example.replace(/^who: \{\w+: |\}$|["[\]]/g, "");
  const read = () => {
    const text = made.read();
    if (truth) return { yes: true, no: false }[text];
    return names && text !== undefined ? text.split(/\s*[,\uff0c\u3001]\s*/).filter(Boolean) : text?.trim();
  };
  return { name: one.name, node: made.node, read };
}

/** Settings from fields; those left empty are left out. */
export function readAll(fields) {
  const pairs = fields.map((one) => [one.name, one.read()]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs);
}

/** What a choice is called; what a split sorts members by is called as where they are chosen by it. */
function word(kind, { name }, choice) {
  if (kind === "split" && name === "by") return label("who", choice);
  return has(`choice.${choice}`) ? t(`choice.${choice}`) : own(String(choice)).replaceAll("_", " ");
}

const CONTROLS = {
  integer: amount, number: amount, text: entry, flag, choice, several, numbers, rows,
};
