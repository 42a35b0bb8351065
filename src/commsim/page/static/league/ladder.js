// The trainer's page, for the projector: who has handed in, and the ladder.

import { $, el } from "../dom.js";
import { lang, t } from "../words.js";
import { facts, inLanguage, Line, say } from "./line.js";

const KEPT = "commsim trainer";
const key = location.hash.slice(1) || sessionStorage.getItem(KEPT) || "";
sessionStorage.setItem(KEPT, key);
history.replaceState(null, "", location.pathname); // what is on the projector is no secret
let hello = null, room = { teams: [] }, ladder = null, busy = null, since = 0, line = null;

const hearing = {
  async hello(told) {
    const first = !hello;
    hello = told;
    if (first) await inLanguage(told.lang, draw);
    say("");
    line.ask({ do: "look", key });
  },
  class(told) {
    room = told;
    ladder = told.ladder ?? ladder;
    if (!told.scoring) busy = null;
    else if (!busy) begin({ teams: told.teams.length, ideas: Boolean(told.ladder) });
    draw();
  },
  scoring: (told) => begin(told),
  ladder(told) {
    ladder = told.ladder;
    draw();
  },
  done() {
    const failed = $("status").classList.contains("bad");
    busy = null;
    if (!failed) say("");
    draw();
  },
  refused({ what }) {
    busy = null;
    say(what[lang()] ?? what.en, true);
    draw();
  },
};

function begin({ teams, ideas }) {
  busy = { teams, ideas };
  since = Date.now();
  draw();
}

function wait() {
  if (!busy) return;
  const values = { n: String(busy.teams), seconds: String(Math.round((Date.now() - since) / 1000)) };
  say(busy.ideas ? t("league.ideas", values) : t("league.scoring", values));
}

function draw() {
  $("shop").textContent = facts(hello);
  $("score").disabled = Boolean(busy) || room.teams.length < 2;
  const known = Boolean(room.code);
  $("join").hidden = !known;
  $("class").hidden = !known;
  document.body.classList.toggle("ranked", Boolean(ladder));
  if (known) {
    $("address").textContent = room.address;
    $("code").textContent = room.code;
    $("count").textContent = room.teams.length ? t("league.teams", { n: String(room.teams.length) }) : t("league.nobody");
    $("teams").replaceChildren(...room.teams.map((name) => el("li", {}, name)));
  }
  if (ladder) drawLadder(ladder[lang()]);
  wait();
}

function drawLadder({ title, verdict, header, rows }) {
  $("ladder").hidden = false;
  $("certificates").hidden = false;
  $("certificates").href = `certificates?lang=${lang()}`;
  $("verdict").textContent = verdict;
  $("worlds").textContent = title;
  const head = el("tr", {}, ...header.map((text) => el("th", { scope: "col" }, text)));
  const body = rows.map((row) => el("tr", {}, ...row.map((text, column) => (column === 1 ? el("th", { scope: "row" }, text) : el("td", {}, text)))));
  $("table").replaceChildren(el("thead", {}, head), el("tbody", {}, ...body));
}

$("score").onclick = () => {
  say("");
  line.ask({ do: "score", key });
};
setInterval(wait, 1000);
line = new Line((reply) => hearing[reply.type]?.(reply));
