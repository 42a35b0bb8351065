// What the marks mean: faces from near, marks in balls from afar.

import { el } from "./dom.js";
import { inks, leaving, pulse, PULSES, shape, STATES } from "./marks.js";
import { bubble, empty, face } from "./near.js";
import { BOUGHT, HERE, INVITED, LOOKED, MUTED } from "./trace.js";
import { t } from "./words.js";

const FACES = { active: HERE | LOOKED, buyer: HERE | BOUGHT, quiet: HERE, muted: HERE | MUTED, invited: HERE | INVITED };

/** Items for a list; where all communities are drawn as groups, what a bar means. */
export function legend(traces, isNear) {
  const large = traces.find((trace) => trace && !trace.one_by_one);
  if (large && !traces.some((trace) => trace?.one_by_one)) return [el("li", {}, t("bins", { groups: large.columns.width[0] }))];
  const sample = (draw) => {
    const canvas = el("canvas", { width: 44, height: 44, "aria-hidden": "true" });
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    draw(ctx);
    return canvas;
  };
  const ink = inks(false);
  if (isNear) {
    return [
      ...STATES.map((what) => el("li", {}, sample((ctx) => face(ctx, 10, 12, 8, FACES[what], ink, false)), t(what === "muted" ? "near.muted" : `state.${what}`))),
      el("li", {}, sample((ctx) => empty(ctx, 11, 11, 9, ink)), t("near.left")),
      el("li", {}, sample((ctx) => bubble(ctx, 20, 22, 16, ink)), t("pulse.message")),
      el("li", {}, t("near.size")),
    ];
  }
  return [
    ...STATES.map((what) => el("li", {}, sample((ctx) => shape(ctx, what, 11, 11, 6, ink)), t(`state.${what}`))),
    el("li", {}, sample((ctx) => leaving(ctx, 11, 11, 0, 0, 6, 0, ink)), t("state.left")),
    ...PULSES.map((what) => el("li", {}, sample((ctx) => pulse(ctx, what, 11, 11, 5, 0.1, ink)), t(`pulse.${what}`))),
    el("li", {}, t("size")),
  ];
}
