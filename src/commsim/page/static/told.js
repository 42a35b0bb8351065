// What happened to a member, in words, up to a day and never beyond.

import { groupName, number, strategyName, t } from "./words.js";

export const STANDINGS = ["away", "left", "muted", "quiet", "looking"];

/** Their number, and what the user calls them. */
export const nameOf = ({ person, label }) => (label && label !== String(person) ? `${person} · ${label}` : String(person));

/** The days of a telling that are over at a position. */
export const daysUntil = (told, at) => told.days.filter((day) => day.day < at);

/** Orders of a member up to a position: how many, and what they paid (null where it is not known). */
export function ordersUntil(told, at) {
  const orders = daysUntil(told, at).flatMap((day) => day.order ?? []);
  return { orders: orders.length, yuan: told.bare ? null : orders.reduce((sum, order) => sum + order.yuan, 0) };
}

/** How they stand at a position (a word of `STANDINGS`), and on which day, from 1, that began. */
export function standing(told, at) {
  const codes = told.standing.slice(0, at), now = codes[codes.length - 1];
  let since = codes.length;
  while (since > 1 && codes[since - 2] === now) since--;
  return { word: STANDINGS[now] ?? "quiet", since };
}

/** How a member fares under one plan, in half a line. */
export function fate(told, at) {
  const { word, since } = standing(told, at), { orders, yuan } = ordersUntil(told, at);
  const stands = t(since > 1 ? `fate.${word}` : `fate.${word}.always`, { day: since });
  if (!orders) return stands;
  return yuan === null ? t("fate.and_bare_orders", { stands, n: String(orders) }) : t("fate.and_orders", { stands, n: String(orders), yuan: number(yuan) });
}

/** Who they are, and how they stand. */
export function portrait(told, at) {
  const { word } = standing(told, at), group = groupName(told.group_name);
  if (word === "away") return t("story.stranger");
  const came = told.joined < 0 ? t("story.from_start", { group }) :
    told.inviter >= 0 ? t("story.invited_by", { group, day: told.joined + 1, inviter: told.inviter }) :
      t("story.came", { group, day: told.joined + 1 });
  const more = [];
  if (told.muted_at_start) more.push(t("story.muted_at_start"));
  const { orders, yuan } = ordersUntil(told, at);
  const messages = daysUntil(told, at).reduce((sum, day) => sum + (day.wrote ?? 0), 0);
  more.push(yuan === null ? t("story.bare_sums", { orders, messages }) : t("story.sums", { orders, spent: number(yuan), messages }));
  return [came, ...more].join(t("happened.and"));
}

/** What happened on a day, a sentence each. */
export function sentences(day, trace) {
  const cause = (index) => strategyName(trace.causes[index] ?? "", trace.kinds[trace.causes[index]]);
  const lines = [];
  for (const event of day.join ?? []) lines.push(event.other >= 0 ? t("story.joined_through", { inviter: event.other }) : t("story.joined"));
  if (day.saw) lines.push(saw(day.saw, cause));
  if (day.looked) lines.push(t("story.looked"));
  for (const event of day.more ?? []) lines.push(t(`event.${event}`));
  for (const { yuan, cause: by } of day.payment ?? []) lines.push(yuan === undefined ? t("story.bare.paid") : t("story.paid", { yuan: number(yuan, 2), cause: cause(by) }));
  for (const { yuan, cause: by } of day.order ?? []) lines.push(yuan === undefined ? t("story.bare.bought") : t("story.bought", { yuan: number(yuan, 2), cause: cause(by) }));
  for (const event of day.refund ?? []) lines.push(t("story.refund", { yuan: number(event.yuan, 2) }));
  for (const event of day.invitation ?? []) lines.push(t("story.invites", { friend: event.other }));
  if (day.wrote) lines.push(t("story.wrote", { n: day.wrote }));
  for (const turn of ["unmuted", "muted", "left"]) if (day[turn]) lines.push(t(`story.${turn}`));
  return lines;
}

/** What each strategy had for them: its sale or envelope, or else its posts. */
function saw(deeds, cause) {
  const found = new Map();
  for (const [by, word, posts] of deeds) {
    const one = found.get(by) ?? { word, posts: 0 };
    found.set(by, { word: one.word === "post" ? word : one.word, posts: one.posts + posts });
  }
  const told = [...found].map(([by, { word, posts }]) =>
    word === "post" && posts > 1 ? t("story.deed_posts", { name: cause(by), posts }) : t(`story.deed.${word}`, { name: cause(by) }));
  return told.length ? t("story.saw", { what: told.join(t("story.comma")) }) : t("story.saw_nothing");
}
