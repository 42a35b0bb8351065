// A team's page on a phone: it joins, sets cards, reads what they cost, hands in, and hears its place.

import { $, el } from "../dom.js";
import { lang, number, t } from "../words.js";
import { card } from "./card.js";
import { facts, inLanguage, Line, say } from "./line.js";

const KEPT = "commsim league"; // what this phone keeps: its league, team, code, token and cards
const REST = 400; // milliseconds without a touch until a plan is priced
const PURPOSES = ["retention", "activity", "conversion", "fission"];
let kept = read();
let hello = null, mine = null, made = [], line = null, cost = null, asked = 0, timer = 0, waiting = false, flying = false, renaming = false;

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
    const first = !hello, another = kept.league !== told.league;
    hello = told;
    flying = false;
    if (another) keep({ league: told.league, token: "", cards: null });
    if (first) await inLanguage(told.lang, drawAll);
    say("");
    line.ask({ do: "mine", token: kept.token ?? "" });
  },
  mine(told) {
    const first = mine?.team !== told.team || mine?.closed !== told.closed;
    mine = told;
    keep({ token: told.team ? told.token : "" });
    renaming = false;
    if (first || !made.length) drawAll();
    else draw();
    if (told.just) say(t("league.handed", { team: told.team }));
    if (told.team && !told.closed) price();
  },
  cost(told) {
    flying = false;
    if (waiting && told.ask !== asked) price();
    if (told.ask !== asked) return; // the cards have been moved since
    cost = told;
    waiting = false;
    drawCost();
  },
  refused({ what }) {
    flying = false;
    waiting = false;
    drawCost();
    say(what[lang()] ?? what.en, true);
  },
};

/** All of it anew: in another language, or as another team. */
function drawAll() {
  const now = made.length ? taken() : kept.cards ?? mine?.cards ?? hello.own;
  made = hello.cards.map((about) => card(about, now.filter((one) => one.kind === about.kind), hello.days, moved));
  const groups = PURPOSES.map((purpose) => {
    const own = made.filter((_, k) => hello.cards[k].purpose === purpose);
    return own.length ? [el("h3", {}, t(`league.for.${purpose}`)), ...own.map((one) => one.node)] : [];
  });
  $("cards").replaceChildren(...groups.flat());
  say("");
  draw();
}

function draw() {
  const inside = Boolean(mine?.team) && !renaming, closed = inside && mine.closed;
  $("shop").textContent = facts(hello);
  $("team").maxLength = hello.letters;
  $("code").inputMode = hello.digits ? "numeric" : "text";
  $("join").hidden = !mine || inside;
  $("plan").hidden = !inside || closed;
  $("send").hidden = $("plan").hidden;
  $("result").hidden = !closed;
  $("name").textContent = mine?.team ?? "";
  if (closed) drawResult();
  drawStands();
  drawCost();
}

const same = () => JSON.stringify(mine.cards) === JSON.stringify(taken());

/** Whether what is seen is what counts. */
function drawStands() {
  if (!mine?.team) return;
  const words = !mine.cards ? "league.not_in" : same() ? "league.is_in" : "league.changed";
  $("stands").textContent = t(words);
  $("stands").classList.toggle("good", words === "league.is_in");
}

function drawCost() {
  $("money").hidden = $("plan").hidden;
  const all = cost && number(cost.all), budget = hello.budget;
  const over = cost !== null && budget !== null && cost.all > budget;
  $("money").classList.toggle("over", over);
  const values = { yuan: all, budget: budget === null ? "" : number(budget), more: over ? number(cost.all - budget) : "" };
  const words = !cost ? (waiting ? "league.pricing" : "league.no_cost") : over ? "league.over" : budget === null ? "league.costs" : "league.costs_of";
  const span = cost && cost.low !== cost.high ? t("league.span", { low: number(cost.low), high: number(cost.high) }) : "";
  $("costs").replaceChildren(el("strong", {}, t(words, values)), el("span", { className: "facts" }, span));
  $("meter").hidden = budget === null || !budget;
  if (budget) $("spent").style.width = `${Math.min(100, cost ? (100 * cost.all) / budget : 0)}%`;
  const times = made.flatMap((one) => one.times);
  times.forEach((one, k) => (one.cost.textContent = cost?.each.length === times.length ? t(cost.each[k] ? "league.about" : "league.free", { yuan: number(cost.each[k]) }) : ""));
}

function drawResult() {
  const own = mine.result, told = own?.[lang()] ?? own?.en;
  const parts = own
    ? [el("p", { className: "rank" }, own.rank === "-" ? "–" : own.rank), el("p", { className: "place" }, told.place), el("p", { className: "gain" }, told.gain), ...told.lines.map((text) => el("p", {}, text))]
    : [el("p", { className: "place" }, t(mine.cards ? "league.scored_now" : "league.too_late"))];
  $("result").replaceChildren(el("h2", {}, mine.team), ...parts, el("p", { className: "facts" }, t("league.next_round")));
}

const taken = () => made.flatMap((one) => one.read());

function moved() {
  keep({ cards: taken() });
  say("");
  cost = null;
  waiting = true;
  asked += 1;
  drawStands();
  drawCost();
  clearTimeout(timer);
  timer = setTimeout(price, REST);
}

function price() {
  clearTimeout(timer);
  if (!mine?.team || mine.closed) return;
  asked += 1;
  waiting = true;
  if (flying) return; // one after the other
  flying = true;
  line.ask({ do: "cost", token: kept.token, cards: taken(), ask: asked });
}

$("team").value = kept.team ?? "";
$("code").value = kept.code ?? "";
$("join").onsubmit = (event) => {
  event.preventDefault();
  const [team, code] = [$("team").value.trim(), $("code").value.trim()];
  keep({ team, code });
  say("");
  line.ask({ do: "join", team, code, token: kept.token ?? "" });
};
$("rename").onclick = () => {
  renaming = true;
  draw();
  $("team").focus();
};
$("plan").onsubmit = (event) => {
  event.preventDefault();
  line.ask({ do: "hand_in", token: kept.token, cards: taken() });
};
line = new Line((reply) => hearing[reply.type]?.(reply));
