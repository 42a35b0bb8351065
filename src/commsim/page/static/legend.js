// What the marks mean.

import { el } from "./dom.js";
import { inks, leaving, pulse, PULSES, shape, STATES } from "./marks.js";
import { t } from "./words.js";

/** Items for a list; where all communities are drawn as groups, what a bar means. */
export function legend(traces) {
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
  return [
    ...STATES.map((what) => el("li", {}, sample((ctx) => shape(ctx, what, 11, 11, 6, ink)), t(`state.${what}`))),
    el("li", {}, sample((ctx) => leaving(ctx, 11, 11, 0, 0, 6, 0, ink)), t("state.left")),
    ...PULSES.map((what) => el("li", {}, sample((ctx) => pulse(ctx, what, 11, 11, 5, 0.1, ink)), t(`pulse.${what}`))),
    el("li", {}, t("size")),
  ];
}
