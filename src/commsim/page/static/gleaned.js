// What a run's marks tell of its members where nothing else was recorded of them: their days, and whose fate
// differs most between runs (as commsim.page.fates finds it, with orders in place of money).

import { BOUGHT, CAME, HERE, INVITED, LEFT, LOOKED, MUTED, PAID } from "./trace.js";
import { STANDINGS } from "./told.js";

const EVERY = 5; // days after which other members may be suggested
const WEEK = 7, MOST = 5, MOST_OF_A_KIND = 2, MOST_ORDERS = 3, LEAST = 1, LOYALTY = 0.75;
const RANK = [0, 0, 1, 2, 3]; // of each of `STANDINGS`: how far they are in
const [AWAY, GONE, MUTES, QUIET, LOOKING] = STANDINGS.keys();

/** Marks of the week that ends at a position, the last evening first. */
const week = (trace, at) => Array.from({ length: Math.min(WEEK, at + 1) }, (_, back) => trace.marks(at - back));

/** How somebody stands at the end of a week, as a number of `STANDINGS`. */
function standing(evenings, person) {
  const mark = evenings[0][person];
  if (!(mark & HERE)) return mark & LEFT ? GONE : AWAY;
  if (mark & MUTED) return MUTES;
  return evenings.some((marks) => marks[person] & LOOKED) ? LOOKING : QUIET;
}

/** A member's story without reasons, sums of money and what they saw (`bare`); null if nobody has the number. */
export function telling(trace, person) {
  if (person >= trace.persons) return null;
  const { group, inviter } = trace.columns, has = (at, bit) => Boolean(trace.marks(at)[person] & bit), days = [];
  const came = (friend) => Array.from({ length: trace.days }, (_, day) => day).find((day) => trace.marks(day + 1)[friend] & CAME);
  const friends = [...inviter.keys()].filter((one) => inviter[one] === person).map((other) => ({ other, day: came(other) }));
  for (let day = 0; day < trace.days; day++) {
    const at = day + 1, one = { day }, changes = (bit) => has(at, bit) !== has(day, bit), brought = friends.filter((friend) => friend.day === day);
    if (has(at, CAME)) one.join = [{ other: has(at, INVITED) ? inviter[person] : -1 }];
    if (has(at, LOOKED)) one.looked = true;
    if (has(at, PAID)) one.payment = [{}];
    if (has(at, BOUGHT)) one.order = [{}];
    if (brought.length) one.invitation = brought;
    if (trace.row("wrote", at)[person]) one.wrote = trace.row("wrote", at)[person];
    if (has(at, LEFT) && changes(LEFT)) one.left = true;
    else if (has(at, HERE) && changes(MUTED)) one[has(at, MUTED) ? "muted" : "unmuted"] = true;
    if (Object.keys(one).length > 1) days.push(one);
  }
  return {
    person, days, bare: true, label: "", group_name: trace.group_names[group[person]] || String(group[person] + 1), series: {},
    inviter: inviter[person], joined: days.find((one) => one.join)?.day ?? -1, muted_at_start: has(0, MUTED),
    standing: Array.from({ length: trace.days }, (_, day) => standing(week(trace, day + 1), person)),
  };
}

/** Members whose fate differs most between runs of the same people, as a server finds them; `tell(person)`: their story. */
export function suggestions(traces, tell) {
  const [{ days, persons }] = traces, all = [...Array(persons).keys()], picks = [];
  const orders = traces.map(() => Array(persons).fill(0)), begun = week(traces[0], 0), here = all.filter((person) => standing(begun, person) !== AWAY);
  const better = traces.map(() => Array(days + 1).fill(0));
  for (let at = 0; at <= days; at++) {
    const stands = traces.map((trace) => week(trace, at)).map((evenings) => all.map((person) => standing(evenings, person)));
    if (at) traces.forEach((trace, k) => trace.marks(at).forEach((mark, person) => { if (mark & BOUGHT) orders[k][person]++; }));
    for (const person of here) {
      const ranks = stands.map((codes) => RANK[codes[person]]), most = Math.max(...ranks);
      if (ranks.filter((rank) => rank === most).length === 1) better[ranks.indexOf(most)][at]++;
    }
    if (!at || (at % EVERY && at < days)) continue;
    const chosen = suggested(stands, orders, picks[picks.length - 1]?.[1] ?? []);
    if (chosen.length && String(chosen) !== String(picks[picks.length - 1]?.[1])) picks.push([at, chosen]);
  }
  const cast = [...new Set(picks.flatMap(([, chosen]) => chosen))];
  return { picks, better, members: here.length, stories: Object.fromEntries(cast.map((person) => [person, tell(person)])) };
}

/** Of each kind (how they stand under each plan, or under which they order more) the first two, those who differ most first. */
function suggested(stands, orders, before) {
  const found = [], taken = new Map();
  for (const person of stands[0].keys()) {
    const codes = stands.map((one) => one[person]), ranks = codes.map((code) => RANK[code]), bought = orders.map((one) => one[person]);
    const spread = (values) => Math.max(...values) - Math.min(...values), more = spread(bought);
    const score = spread(ranks) + (Math.min(MOST_ORDERS, more) * more) / Math.max(1, ...bought);
    const richest = more && spread(codes) === 0 ? bought.indexOf(Math.max(...bought)) : -1;
    if (score >= LEAST) found.push({ person, kind: `${codes} ${richest}`, score: score + (before.includes(person) ? LOYALTY : 0) });
  }
  for (const one of found.sort((a, b) => b.score - a.score)) taken.set(one.kind, [...(taken.get(one.kind) ?? []), one].slice(0, MOST_OF_A_KIND));
  const turns = Array.from({ length: MOST_OF_A_KIND }, (_, turn) => [...taken.values()].map((kind) => kind[turn]).filter(Boolean));
  return turns.flat().slice(0, MOST).sort((a, b) => b.score - a.score).map(({ person }) => person);
}
