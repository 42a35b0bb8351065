// How a member looks: a colour and a shape for each state, safe for the colour-blind (Okabe and Ito).

import { BOUGHT, HERE, INVITED, LEFT, LOOKED, MUTED } from "./trace.js";

export const STATES = ["active", "buyer", "quiet", "muted", "invited", "left"];
export const PULSES = { message: "#0072b2", order: "#d55e00", payment: "#b8478a" };
const INK = { active: "#0072b2", buyer: "#e69f00", quiet: "#9aa7b1", muted: "#5d6670", invited: "#009e73", left: "#c3cad0" };

/** The first that applies; null for who is not there yet. */
export function state(mark) {
  if (mark & LEFT) return "left";
  if (!(mark & HERE)) return null;
  if (mark & BOUGHT) return "buyer";
  if (mark & LOOKED) return "active";
  if (mark & MUTED) return "muted";
  return mark & INVITED ? "invited" : "quiet";
}

/** Draw a state's shape around (x, y). */
export function shape(ctx, what, x, y, r) {
  ctx.fillStyle = ctx.strokeStyle = INK[what];
  ctx.beginPath();
  if (what === "muted") {
    ctx.lineWidth = Math.max(1, r * 0.35);
    ctx.arc(x, y, r * 0.8, 0, 7);
    ctx.moveTo(x - r * 0.55, y + r * 0.55);
    ctx.lineTo(x + r * 0.55, y - r * 0.55);
    ctx.stroke();
  } else if (what === "left") {
    ctx.lineWidth = Math.max(1, r * 0.3);
    const a = r * 0.5;
    ctx.moveTo(x - a, y - a);
    ctx.lineTo(x + a, y + a);
    ctx.moveTo(x - a, y + a);
    ctx.lineTo(x + a, y - a);
    ctx.stroke();
  } else {
    if (what === "buyer") ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    else if (what === "invited") polygon(ctx, x, y + r * 0.15, r * 1.15);
    else ctx.arc(x, y, what === "quiet" ? r * 0.75 : r, 0, 7);
    ctx.fill();
  }
}

function polygon(ctx, x, y, r) {
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r * 0.87, y + r * 0.5);
  ctx.lineTo(x - r * 0.87, y + r * 0.5);
  ctx.closePath();
}

/** A ring that grows and fades: a message (round), an order (square), a payment (diamond). */
export function pulse(ctx, what, x, y, r, phase) {
  ctx.globalAlpha = 0.85 * (1 - phase);
  ctx.strokeStyle = PULSES[what];
  ctx.lineWidth = Math.max(1, r * 0.3);
  const size = r * (1.3 + 1.2 * phase);
  ctx.beginPath();
  if (what === "message") ctx.arc(x, y, size, 0, 7);
  else if (what === "order") ctx.rect(x - size, y - size, 2 * size, 2 * size);
  else {
    ctx.moveTo(x, y - size * 1.3);
    ctx.lineTo(x + size * 1.3, y);
    ctx.lineTo(x, y + size * 1.3);
    ctx.lineTo(x - size * 1.3, y);
    ctx.closePath();
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** A canvas of its own with one shape, to be copied many times. */
export function stamp(what, r, scale) {
  const made = document.createElement("canvas");
  made.width = made.height = Math.ceil((2 * r + 3) * scale);
  const ctx = made.getContext("2d");
  ctx.scale(scale, scale);
  shape(ctx, what, made.width / scale / 2, made.width / scale / 2, r);
  return made;
}
