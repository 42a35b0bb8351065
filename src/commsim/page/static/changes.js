// What has been changed in a plan since it came to the page, and what such a plan is called.

import { label } from "./fields.js";
import { kindName, number, planName, strategyName, t } from "./words.js";

const TOLD = 3; // pieces of a name; there may be more changes than a name has room for

/** A change: `day` (counted from 0) on which it begins to hold, `name` of the strategy, settings before and after (null: none). */
export function note(changes, change) {
  const same = changes.findIndex((one) => one.day === change.day && one.name === change.name);
  const from = same < 0 ? change.from : changes[same].from;
  const kept = changes.filter((_, k) => k !== same);
  const merged = { ...change, from };
  return sentence(merged) === null ? kept : [...kept, merged];
}

/** What a panel is called: its plan, and from which day on what is different. */
export function title({ root, changes, branched }) {
  const name = planName(root);
  if (!changes.length) return branched === null ? name : t("name.branched", { name, day: branched + 1 });
  const told = changes.slice(-TOLD).map((one) => t("name.change", { what: sentence(one), day: one.day + 1 }));
  return t("name.changed", { name, what: told.join(t("name.and")) });
}

/** What one change did, in a few words; null if nothing. */
function sentence({ name, from, to }) {
  const called = strategyName(name, (from ?? to)?.kind);
  if (!to) return from ? t("did.out", { name: called }) : null;
  if (!from) return to.posts ? t("did.posts", { name: kindName(to.kind), posts: to.posts }) : t("did.new", { name: called });
  const differ = Object.keys(to).filter((key) => !IGNORED.has(key) && JSON.stringify(to[key] ?? null) !== JSON.stringify(from[key] ?? null));
  if (!differ.length) return null;
  const [first] = differ, more = differ.length > 1 ? t("did.more") : "";
  const said = [from[first], to[first]].map(plain);
  if (said.includes(null)) return t("did.set", { name: called, what: label(to.kind, first) }) + more;
  return t("did.value", { what: label(to.kind, first), from: said[0], to: said[1] }) + more;
}

const IGNORED = new Set(["kind", "name", "starts", "ends", "warm_up", "closing", "goal"]);

function plain(value) {
  if (typeof value === "number") return number(value, Number.isInteger(value) ? 0 : 2);
  return null;
}
