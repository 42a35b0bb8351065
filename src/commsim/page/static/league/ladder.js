// The trainer's page, for the projector: how teams get in, who has handed in, and the ladder.

import { $, el } from "../dom.js";
import { lang, number, t } from "../words.js";
import { facts, inLanguage, Line, say } from "./line.js";
import { rungs } from "./rungs.js";

const KEPT = "commsim trainer";
const key = location.hash.slice(1) || sessionStorage.getItem(KEPT) || "";
sessionStorage.setItem(KEPT, key);
history.replaceState(null, "", location.pathname); // what is on the projector is no secret
let hello = null, room = { teams: [] }, line = null;

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
    draw();
  },
  progress(told) {
    room.progress = told;
    drawProgress();
  },
  ladder(told) {
    room.ladder = told.ladder;
    drawLadder();
  },
  refused({ what }) {
    say(what[lang()] ?? what.en, true);
  },
};

function draw() {
  const known = Boolean(room.code), open = known && !room.closed;
  const inside = room.teams.filter((team) => team.in).length;
  $("shop").textContent = facts(hello) + (room.round > 1 ? ` · ${t("league.round", { n: String(room.round) })}` : "");
  $("score").disabled = Boolean(room.busy) || inside < 2;
  $("score").hidden = !open;
  $("again").hidden = !known || open || Boolean(room.busy);
  $("join").hidden = !open;
  $("class").hidden = !open;
  document.body.classList.toggle("ranked", Boolean(room.ladder));
  if (open) {
    $("address").textContent = room.address;
    $("code").textContent = room.code;
    $("alone").hidden = Boolean(room.picture);
    drawPicture(room.picture);
    $("count").textContent = room.teams.length ? t("league.teams", { n: String(inside), all: String(room.teams.length) }) : t("league.nobody");
    $("teams").replaceChildren(...room.teams.map(chip));
  }
  drawLadder();
  drawProgress();
}

/** The address for the camera of a phone: four modules free on each side. */
function drawPicture(rows) {
  const canvas = $("picture");
  canvas.hidden = !rows;
  if (!rows) return;
  const free = 4, scale = 12, pen = canvas.getContext("2d");
  canvas.width = canvas.height = (rows.length + 2 * free) * scale;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  rows.forEach((row, y) => [...row].forEach((bit, x) => bit === "1" && pen.fillRect((x + free) * scale, (y + free) * scale, scale, scale)));
}

function chip(team) {
  const remove = el("button", { type: "button", className: "out", "aria-label": t("league.take_out", { team: team.name }) }, "×");
  remove.onclick = () => {
    if (confirm(t("league.take_out", { team: team.name }))) line.ask({ do: "remove", key, team: team.name });
  };
  const state = el("span", { className: "state", role: "img", "aria-label": t(team.in ? "league.in" : "league.thinks") }, team.in ? "✓" : "…");
  return el("li", { className: team.in ? "in" : "" }, state, el("span", {}, team.name), remove);
}

function drawProgress() {
  const at = room.progress;
  $("bar").hidden = !at;
  if (!at) return;
  $("done").style.width = `${at.of ? (100 * at.done) / at.of : 0}%`;
  say(t(at.ideas ? "league.ideas" : "league.scoring", { done: number(at.done), n: number(at.of) }));
}

function drawLadder() {
  const ladder = room.ladder, last = ladder && ladder.worlds >= ladder.wanted;
  $("ladder").hidden = !ladder;
  $("certificates").hidden = !last;
  $("certificates").href = `certificates?lang=${lang()}`;
  if (!ladder) return;
  document.body.classList.toggle("narrows", !last);
  if (last && !room.progress) say("");
  $("verdict").textContent = last ? ladder.said[lang()].verdict : t("league.narrows", { n: number(ladder.worlds), all: number(ladder.wanted) });
  $("worlds").textContent = t("league.bars", { n: number(ladder.worlds) });
  $("ladder").style.setProperty("--rows", Math.max(4, ladder.rows.length));
  $("table").replaceChildren(...rungs(ladder));
}

const ask = (what) => () => {
  say("");
  line.ask({ do: what, key });
};
$("score").onclick = ask("score");
$("again").onclick = ask("again");
line = new Line((reply) => hearing[reply.type]?.(reply));
