// What just happened, in words: of all that could be told of a day, what stands out most.

import { has, number, strategyName, t } from "./words.js";

const TOLD = 2;

/** A sentence or two on the evening before a position. */
export function happened(trace, at) {
  if (at === 0) return t("happened.before", { members: number(trace.members) });
  const day = at - 1;
  const facts = [...people(trace, day), ...talk(trace, day), ...money(trace, day)];
  const told = facts.sort((a, b) => b[0] - a[0]).slice(0, TOLD).map(([, text]) => text);
  return `${t("happened.day", { day: at })}${t("happened.and")}${told.join(t("happened.and"))}`;
}

const posts = (trace, day) => trace.deeds[day].reduce((sum, [, , count]) => sum + count, 0);

function* people(trace, day) {
  const { members, muted_today, left, joined, invited, looked } = at(trace, day);
  const share = (n) => (100 * n) / Math.max(1, members);
  const sold = posts(trace, day);
  if (muted_today) {
    const key = sold === 0 ? "happened.muted" : sold === 1 ? "happened.muted_post" : "happened.muted_posts";
    yield [1 + 3 * share(muted_today), t(key, { n: number(muted_today), posts: sold })];
  }
  if (left) yield [0.8 + 3 * share(left), t("happened.left", { n: number(left) })];
  if (joined) yield [2 + 2 * share(joined), t("happened.joined", { n: number(joined), invited: number(invited) })];
  yield [1.6, t("happened.looked", { n: number(looked), members: number(members) })];
}

function* talk(trace, day) {
  const messages = trace.daily.messages;
  if (messages[day] === 0) yield [4, t("happened.silence")];
  const before = messages.slice(Math.max(0, day - 7), day);
  const usual = before.reduce((sum, n) => sum + n, 0) / Math.max(1, before.length);
  if (before.length > 2 && messages[day] > 1.4 * usual + 5) yield [5, t("happened.talk", { n: number(messages[day]) })];
  if (before.length > 2 && messages[day] < 0.6 * usual - 5) yield [3.5, t("happened.hush", { n: number(messages[day]) })];
}

function* money(trace, day) {
  for (const [cause, n] of Object.entries(trace.sold[day])) {
    const name = strategyName(trace.causes[cause], trace.kinds[trace.causes[cause]]);
    const event = trace.deeds[day].some(([by, what]) => by === Number(cause) && ["sale", "team"].includes(what));
    if (event) yield [3 + (100 * n) / Math.max(1, trace.daily.members[day]), t("happened.sale", { name, n: number(n) })];
  }
  for (const [name, numbers] of Object.entries(trace.more)) {
    if (numbers[day] && has(`happened.${name}`)) yield [4.5, t(`happened.${name}`, { n: number(numbers[day]) })];
  }
}

const at = (trace, day) => Object.fromEntries(Object.entries(trace.daily).map(([name, column]) => [name, column[day]]));
