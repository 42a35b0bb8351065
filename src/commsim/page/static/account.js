// The account at the end of a run: until when the plan was ahead of nobody running the groups, what it came
// to, and what the members who are left bring in the quarter after it.

import { signed, t } from "./words.js";

const CLEAR = 0.2; // of the way down from the best day to the end: less is a wobble
const SMALL = 50; // yuan that are told apart from nothing

/** A sentence or two. */
export function account(trace) {
  const { own } = trace.curves, end = own.at(-1), best = Math.max(...own), day = own.indexOf(best) + 1;
  const fell = best - end > Math.max(SMALL, CLEAR * Math.abs(end)) && best > SMALL;
  const told = [fell ? t("account.fell", { day, best: signed(best), end: signed(end) }) : t("account.end", { end: signed(end) })];
  const { quarter } = trace.outlook ?? {};
  if (quarter) told.push(t("account.quarter", { mean: signed(quarter.mean), low: signed(quarter.low), high: signed(quarter.high) }));
  return told.join(t("happened.and"));
}
