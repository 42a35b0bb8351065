// A team's page on a phone: cards with sliders, handed in as a plan.

import { $, el } from "../dom.js";
import { label } from "../fields.js";
import { has, kindName, lang, number, t } from "../words.js";
import { facts, inLanguage, Line, say } from "./line.js";

const KEPT = "commsim league"; // what this phone keeps: its team, token and cards
const kept = read();
let hello = null, made = [], status = () => "", line = null;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function keep(more) {
  Object.assign(kept, more);
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch { /* a browser that keeps nothing: the plan stands as it was handed in */ }
}

const hearing = {
  async hello(told) {
    const first = !hello;
    hello = told;
    if (first) await inLanguage(told.lang, draw);
    say(status());
    if (kept.token) line.ask({ do: "mine", token: kept.token });
  },
  handed_in({ token, team }) {
    keep({ token });
    tell(() => t("league.handed", { team }));
  },
  mine({ team, place, of }) {
    if (!place) tell(() => t("league.handed", { team }));
    else if (place === "-") tell(() => t("league.unranked", { team }));
    else tell(() => t("league.place", { team, place, n: String(of) }));
  },
  refused({ what }) {
    say(what[lang()] ?? what.en, true);
  },
};

function tell(words) {
  status = words;
  say(words());
}

function draw() {
  const now = made.length ? taken() : kept.cards;
  $("shop").textContent = facts(hello);
  $("team").maxLength = hello.letters;
  made = hello.cards.map((about) => card(about, now));
  $("cards").replaceChildren(...made.map((one) => one.node));
  say(status());
}

/** A card: a switch, and what can be set when it is on. */
function card(about, now) {
  const own = now?.[about.kind];
  const on = el("input", { type: "checkbox", role: "switch", checked: now ? Boolean(own) : about.on });
  const sliders = about.sliders.map((one) => slider(about.kind, one, own?.[one.name]));
  const days = about.weekdays && weekdays(own?.weekdays ?? about.weekdays);
  const inside = el("div", { className: "inside" }, ...sliders.map((one) => one.node), days?.node ?? null);
  on.onchange = () => (inside.hidden = !on.checked);
  on.onchange();
  const hint = lang() === "zh" ? about.about_zh || about.about : about.about;
  const node = el("section", { className: "card" }, el("label", { className: "switch" }, el("span", {}, kindName(about.kind)), on), el("p", { className: "hint" }, hint), inside);
  const read = () => {
    const settings = Object.fromEntries(sliders.map((one) => [one.name, one.read()]));
    return days ? { ...settings, weekdays: days.read() } : settings;
  };
  return { kind: about.kind, isOn: () => on.checked, read, node };
}

function slider(kind, about, given) {
  const times = about.unit === "share" ? 100 : 1;
  const tidy = (value) => Number((value * times).toPrecision(10));
  const input = el("input", { type: "range", min: tidy(about.low), max: tidy(about.high), step: tidy(about.step), value: tidy(given ?? about.value) });
  const shown = el("output");
  const unit = times > 1 ? "%" : "";
  input.oninput = () => (shown.textContent = number(Number(input.value)) + unit);
  input.oninput();
  const words = has(`unit.${about.unit}`) && times === 1 ? ` ${t(`unit.${about.unit}`)}` : "";
  const node = el("label", { className: "slider" }, el("span", {}, label(kind, about.name) + words), shown, input);
  return { name: about.name, node, read: () => Number((Number(input.value) / times).toPrecision(10)) };
}

function weekdays(given) {
  const boxes = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => el("input", { type: "checkbox", value: day, checked: given.includes(day) }));
  const words = (day) => t("weekday", { day: t(`choice.${day}`) });
  const node = el("div", { className: "days", role: "group", "aria-label": t("league.weekdays") }, ...boxes.map((box) => el("label", {}, box, el("span", {}, words(box.value)))));
  return { node, read: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}

const taken = () => Object.fromEntries(made.filter((one) => one.isOn()).map((one) => [one.kind, one.read()]));

$("team").value = kept.team ?? "";
$("code").value = kept.code ?? "";
$("plan").onsubmit = (event) => {
  event.preventDefault();
  const [team, code, cards] = [$("team").value.trim(), $("code").value.trim(), taken()];
  keep({ team, code, cards });
  line.ask({ do: "hand_in", team, code, token: kept.token ?? "", cards });
};
line = new Line((reply) => hearing[reply.type]?.(reply));
