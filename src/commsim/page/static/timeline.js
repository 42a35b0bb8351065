// A member's days under each plan as lanes over one axis of days, drawn up to the day on the clock.

import { LINES } from "./curves.js";
import { daysUntil, STANDINGS } from "./told.js";
import { number, panelName, t } from "./words.js";

const BANDS = { looking: "#0063a6", quiet: "#a9b3bb", muted: "url(#muted-days)", left: "none", away: "none" };
const MARK = { order: "#b34a00", payment: "#a23577", join: "#00795b", invitation: "#00795b", muted: "#16222e", unmuted: "#16222e", left: "#8c1d40" };
const CURVES = { look: 1, trust: 1, worn: null }; // the top of each axis; null: what there is
const FEW = 6; // posts a day that fill their row

/** An element of a drawing. */
export function draw(tag, properties = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) if (value !== undefined && value !== null) made.setAttribute(name, value);
  made.append(...children.filter(Boolean));
  return made;
}

/** Lanes and curves; `em`: size of the type, `width`: of the room, both in pixels. */
export function timeline(tellings, at, days, { em, width, label }) {
  const left = 0.4 * em, step = (width - 2 * left) / days, x = (day) => left + step * day;
  const rows = [], lane = 5.9 * em, gap = 1.25 * em, low = 3.4 * em;
  let y = 0;
  for (const told of tellings) {
    rows.push(draw("g", { transform: `translate(0 ${y})` }, ...oneLane(told, at, { em, x, step, days })));
    y += lane;
  }
  for (const [name, most] of Object.entries(CURVES).filter(([each]) => tellings.some(({ told }) => told.series[each]))) {
    rows.push(draw("g", { transform: `translate(0 ${y + gap})` }, ...curve(name, most, tellings, at, { em, x, step, low, width })));
    y += low + gap + 0.25 * em;
  }
  rows.push(...axis(at, days, y, { em, x, step }));
  return draw("svg", { width, height: y + 1.6 * em, viewBox: `0 0 ${width} ${y + 1.6 * em}`, role: "img", "aria-label": label },
    hatch(), ...rows);
}

function hatch() {
  return draw("defs", {}, draw("pattern", { id: "muted-days", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("rect", { width: 6, height: 6, fill: "#e6e9ec" }), draw("rect", { width: 2.6, height: 6, fill: "#4a5965" })));
}

/** The name of the plan; what happened, marked and named; how they stood; the posts that reached them. */
function oneLane({ told, trace, panel }, at, { em, x, step, days }) {
  const { ink, dash } = LINES[panel], band = 3.3 * em, thick = 0.9 * em;
  const made = [
    draw("line", { x1: x(0), x2: x(0) + 2 * em, y1: 0.65 * em, y2: 0.65 * em, stroke: ink, "stroke-width": 0.28 * em, "stroke-dasharray": dash.join(" ") || null }),
    text(cut(panelName(trace), (x(days) - x(0)) / em - 2.5), x(0) + 2.5 * em, em, { em, bold: true }),
    draw("line", { x1: x(0), x2: x(at), y1: band + thick, y2: band + thick, stroke: "#aab3bb", "stroke-width": 1 }),
  ];
  for (const [from, until, code] of stretches(told.standing.slice(0, at))) {
    const what = STANDINGS[code];
    made.push(draw("rect", { x: x(from), y: band, width: x(until) - x(from), height: thick, fill: BANDS[what], class: `band ${what}` }));
  }
  (told.series.posts ?? []).slice(0, at).forEach((posts, day) => {
    const high = (Math.min(FEW, posts ?? 0) / FEW) * 1.2 * em;
    if (posts) made.push(draw("rect", { x: x(day) + 0.2 * step, y: band + thick + 0.12 * em, width: 0.6 * step, height: Math.max(high, 2), fill: "#5b6670", class: "posts" }));
  });
  const eventful = daysUntil(told, at).map((day) => ({ day, found: happenings(day), x: x(day.day) + step / 2 }));
  const marked = eventful.filter(({ found, day }) => found.length || day.wrote);
  eventful.forEach((one) => made.push(...marks(one, band, { em, step, next: marked[marked.indexOf(one) + 1]?.x ?? x(days), right: x(days) })));
  return made;
}

/** Days in a row on which they stood alike: from, until, code. */
function stretches(codes) {
  const found = [];
  codes.forEach((code, day) => {
    const last = found[found.length - 1];
    if (last && last[2] === code) last[1] = day + 1;
    else found.push([day, day + 1, code]);
  });
  return found;
}

/** What is marked of a day, with its words: the gravest first. */
function happenings(day) {
  const told = (what) => {
    const yuan = what === "order" || what === "payment" ? day[what].reduce((sum, one) => sum + one.yuan, 0) : NaN; // none where sums are not known
    return Number.isNaN(yuan) ? t(`mark.${what}`) : t("yuan", { n: number(yuan, what === "payment" ? 2 : 0) });
  };
  return ["left", "muted", "unmuted", "join", "order", "invitation", "payment"].filter((what) => day[what]).map((what) => [what, told(what)]);
}

/** Marks of a day above the band, one over the other, and words beside the first where the next day leaves room for them. */
function marks({ day, found, x }, band, { em, step, next, right }) {
  const made = [], r = Math.min(0.42 * em, 0.75 * step), above = (k) => band - (0.55 + 0.85 * k) * em;
  if (day.saw || day.looked) made.push(draw("circle", { cx: x, cy: band + 0.42 * em, r: Math.min(0.2 * em, 0.4 * step), fill: "#fff", class: "looked" }));
  found.forEach(([what], k) => made.push(mark(what, x, above(k), what === "left" || what === "muted" ? Math.max(r, 0.4 * em) : r)));
  if (day.wrote) made.push(draw("circle", { cx: x, cy: above(found.length), r: 0.5 * r, fill: "none", stroke: "#0063a6", "stroke-width": 1.6, class: "wrote" }));
  const [what, words] = found[0] ?? [], grave = what === "left" || what === "muted"; // these have a row of their own
  const wide = words ? words.length * letter(words) * em + 2 * r : 0;
  if (words && (grave || x + wide < next)) {
    const before = x + wide > next && next === right; // no room after the last day
    made.push(text(words, before ? x : x + r + 0.15 * em, band - (grave ? 1.25 : 0.25) * em, { em: 0.9 * em, fill: MARK[what], bold: true, halo: true, end: before }));
  }
  return made;
}

function mark(what, x, y, r) {
  const fill = MARK[what], known = { class: `mark ${what}` };
  if (what === "order") return draw("rect", { ...known, x: x - r * 0.85, y: y - r * 0.85, width: r * 1.7, height: r * 1.7, fill });
  if (what === "payment") return draw("path", { ...known, d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, fill });
  if (what === "join" || what === "invitation") return draw("path", { ...known, d: `M${x} ${y - r}L${x + r} ${y + r * 0.8}H${x - r}Z`, fill: what === "join" ? fill : "#fff", stroke: fill, "stroke-width": 2 });
  if (what === "left") return draw("path", { ...known, d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x - r} ${y + r}L${x + r} ${y - r}`, stroke: fill, "stroke-width": r * 0.6 });
  const struck = what === "muted" ? `M${x - r} ${y + r}L${x + r} ${y - r}` : "";
  return draw("path", { ...known, d: `M${x - r * 0.8} ${y + r * 0.6}Q${x - r * 0.6} ${y - r} ${x} ${y - r}T${x + r * 0.8} ${y + r * 0.6}Z${struck}`, fill, stroke: struck ? "#c2185b" : fill, "stroke-width": r * 0.4 });
}

/** One number of the person by day, a line for each plan. */
function curve(name, most, tellings, at, { em, x, step, low, width }) {
  const values = tellings.flatMap(({ told }) => told.series[name] ?? []), top = most ?? Math.max(1, ...values);
  const y = (value) => low - (Math.min(top, value) / top) * low;
  const lines = tellings.filter(({ told }) => told.series[name]).map(({ told, panel }) => draw("path", {
    d: path(told.series[name].slice(0, at), (day) => x(day) + step / 2, y), fill: "none", class: `curve ${name}`,
    stroke: LINES[panel].ink, "stroke-width": 2.4, "stroke-dasharray": LINES[panel].dash.join(" ") || null,
  }));
  return [draw("line", { x1: x(0), x2: width - x(0), y1: low, y2: low, stroke: "#c8ced3" }), text(t(`series.${name}`), x(0), -0.15 * em, { em: 0.9 * em }), ...lines];
}

function path(values, x, y) {
  let pen = "M";
  return values.map((value, day) => {
    if (value === null) { pen = "M"; return ""; }
    const told = `${pen}${x(day).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
    return told;
  }).join("");
}

/** Numbers of days, and the line of the clock, beyond which nothing is told. */
function axis(at, days, y, { em, x, step }) {
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => n * step > 2.4 * em) ?? 2000;
  const ticks = [1, ...Array.from({ length: Math.floor(days / every) }, (_, k) => (k + 1) * every)].filter((day, k, all) => day <= days && (k === 0 || day > all[0] + every / 3));
  return [
    ...ticks.map((day) => text(String(day), x(day - 1) + step / 2, y + 1.1 * em, { em: 0.9 * em, middle: true })),
    draw("line", { x1: x(at), x2: x(at), y1: 0, y2: y, stroke: "#b8478a", "stroke-width": 2, "stroke-dasharray": at < days ? "5 4" : null, class: "now" }),
  ];
}

/** About the width of a letter, in sizes of the type. */
const letter = (words) => (/[\u3000-\u9fff]/.test(words) ? 0.95 : 0.58);

/** A name that has so much room; all of it stands over the days in words. */
const cut = (name, room) => (name.length * letter(name) > room ? `${name.slice(0, Math.floor(room / letter(name)) - 1)}…` : name);

function text(words, x, y, { em, fill = "#16222e", bold = false, middle = false, end = false, halo = false }) {
  const made = draw("text", {
    x, y, "font-size": em, fill, "font-weight": bold ? 600 : null, "text-anchor": middle ? "middle" : end ? "end" : null,
    ...(halo ? { stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" } : {}),
  });
  made.textContent = words;
  return made;
}
