// A member's own story, as the record of the run tells it, and what they do under the other plans.

import { el } from "./dom.js";
import { number, panelName, strategyName, t } from "./words.js";

/** Fill and open the dialog with a member's story; `reply` holds one telling a panel, `traces` their runs. */
export function showStory(dialog, reply, traces) {
  const tellings = reply.panels.map((told, panel) => (told && traces[panel] ? telling(told, traces[panel]) : null));
  const close = el("button", { type: "button", className: "close", onclick: () => dialog.close() }, t("close_story"));
  const known = reply.panels.find((told) => told);
  const name = known?.label && known.label !== String(reply.person) ? `${reply.person} · ${known.label}` : String(reply.person);
  dialog.replaceChildren(
    el("header", {}, el("h2", { id: "story-title" }, t("story.title", { person: name })), close),
    el("div", { className: "tellings" }, ...tellings.filter(Boolean)),
  );
  if (!tellings.some(Boolean)) dialog.append(el("p", {}, t("story.nobody")));
  if (!dialog.open) dialog.showModal();
}

function telling(told, trace) {
  const days = told.days.map((day) => [day.day, sentences(day, told, trace)]).filter(([, lines]) => lines.length);
  return el("section", {},
    el("h3", {}, panelName(trace)),
    el("p", { className: "portrait" }, portrait(told)),
    el("ol", {}, ...days.map(([day, lines]) => el("li", {}, el("b", {}, t("story.day", { day: day + 1 })), " ", lines.join(" ")))));
}

function portrait(told) {
  if (told.status === "stranger") return t("story.stranger");
  const group = told.group_name;
  const came = told.joined < 0 ? t("story.from_start", { group }) :
    told.inviter >= 0 ? t("story.invited_by", { group, day: told.joined + 1, inviter: told.inviter }) :
      t("story.came", { group, day: told.joined + 1 });
  const more = [t("story.friends", { n: told.friends })];
  if (told.muted_at_start) more.push(t("story.muted_at_start"));
  more.push(t("story.sums", { orders: told.orders, spent: number(told.spent), messages: told.messages }));
  more.push(t(told.status === "left" ? "story.gone" : told.muted ? "story.muted_now" : "story.still_there"));
  return [came, ...more].join(" ");
}

function sentences(day, told, trace) {
  const cause = (index) => strategyName(trace.causes[index] ?? "", trace.kinds[trace.causes[index]]);
  const lines = [];
  for (const event of day.join ?? []) lines.push(event.other >= 0 ? t("story.joined_through", { inviter: event.other }) : t("story.joined"));
  if (day.saw) lines.push(saw(day.saw, cause));
  for (const event of day.more ?? []) lines.push(t(`event.${event}`));
  for (const event of day.payment ?? []) lines.push(t("story.paid", { yuan: number(event.yuan, 2), cause: cause(event.cause) }));
  for (const event of day.order ?? []) lines.push(t("story.bought", { yuan: number(event.yuan, 2), cause: cause(event.cause) }));
  for (const event of day.refund ?? []) lines.push(t("story.refund", { yuan: number(event.yuan, 2) }));
  for (const event of day.invitation ?? []) lines.push(t("story.invites", { friend: event.other }));
  if (day.wrote) lines.push(t("story.wrote", { n: day.wrote }));
  if (day.unmuted) lines.push(t("story.unmuted"));
  if (day.muted) lines.push(t("story.muted"), why(day.muted), t("story.mute_chance", { chance: number(100 * day.muted.mute_chance, 1) }));
  if (day.left) lines.push(t("story.left"), why(day.left), t("story.leave_share", { share: number(100 * day.left.leave_by_posts) }));
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

/** What weighed on them that day: the operator's posts, members' adverts, and their own patience. */
function why(facts) {
  const patience = facts.impatience > 1.25 ? "story.impatient" : facts.impatience < 0.75 ? "story.patient" : "story.usual";
  return t("story.why", {
    posts: facts.posts, before: facts.before, adverts: number(facts.members_adverts, 1), patience: t(patience),
  });
}
