// How a member looks: a colour and a shape for each state, safe for the colour-blind (after Okabe and Ito).

import { BOUGHT, HERE, INVITED, LOOKED, MUTED } from "./trace.js";

export const STATES = ["active", "buyer", "quiet", "muted", "invited"];
/** Colours on a bright ground and on a dark one; quiet and muted are veils, as faint on grey as on white. */
const BRIGHT = { active: "#0063a6", buyer: "#e69f00", quiet: "#00000070", muted: "#00000047", invited: "#00795b", gone: "#8c1d40", edge: "#ffffff", message: "#0063a6", order: "#b34a00", payment: "#a23577" };
const DARK = { active: "#8ccfff", buyer: "#ffb52e", quiet: "#ffffff78", muted: "#ffffff47", invited: "#3fd8a4", gone: "#ff9db8", edge: "#11151a", message: "#8ccfff", order: "#ffb52e", payment: "#ff8fd0" };
export const PULSES = ["message", "order", "payment"];

export const inks = (isDark) => (isDark ? DARK : BRIGHT);

/** The first that applies; null for who is not there. */
export function state(mark) {
  if (!(mark & HERE)) return null;
  if (mark & BOUGHT) return "buyer";
  if (mark & LOOKED) return "active";
  if (mark & MUTED) return "muted";
  return mark & INVITED ? "invited" : "quiet";
}

/** Draw a state's shape around (x, y). */
export function shape(ctx, what, x, y, r, ink) {
  ctx.fillStyle = ctx.strokeStyle = ink[what];
  ctx.beginPath();
  if (what === "muted") {
    ctx.lineWidth = Math.max(1, r * 0.35);
    ctx.arc(x, y, r * 0.72, 0, 7);
    ctx.moveTo(x - r * 0.5, y + r * 0.5);
    ctx.lineTo(x + r * 0.5, y - r * 0.5);
    ctx.stroke();
    return;
  }
  if (what === "buyer") ctx.rect(x - r * 0.95, y - r * 0.95, r * 1.9, r * 1.9);
  else if (what === "invited") polygon(ctx, x, y + r * 0.15, r * 1.15);
  else ctx.arc(x, y, what === "quiet" ? r * 0.7 : r, 0, 7);
  ctx.fill();
  if (what === "quiet") return;
  ctx.strokeStyle = ink.edge; // so that it stands out on any ground
  ctx.lineWidth = Math.max(0.6, r * 0.16);
  ctx.stroke();
}

function polygon(ctx, x, y, r) {
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r * 0.87, y + r * 0.5);
  ctx.lineTo(x - r * 0.87, y + r * 0.5);
  ctx.closePath();
}

/** A ring that grows and fades: a message (round), an order (square), a payment (diamond). */
export function pulse(ctx, what, x, y, r, phase, ink) {
  ctx.globalAlpha = 0.85 * (1 - phase);
  ctx.strokeStyle = ink[what];
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

/** Somebody who leaves on this day: a cross that drifts away from the middle (`dx`, `dy`) and fades. */
export function leaving(ctx, x, y, dx, dy, r, phase, ink) {
  const far = 1 + 3 * r * phase, size = r * 0.8;
  const [px, py] = [x + dx * far, y + dy * far];
  ctx.globalAlpha = 1 - phase;
  ctx.strokeStyle = ink.gone;
  ctx.lineWidth = Math.max(1.2, r * 0.4);
  ctx.beginPath();
  ctx.moveTo(px - size, py - size);
  ctx.lineTo(px + size, py + size);
  ctx.moveTo(px - size, py + size);
  ctx.lineTo(px + size, py - size);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** A canvas of its own with one shape, to be copied many times. */
export function stamp(what, r, scale, ink) {
  const made = document.createElement("canvas");
  made.width = made.height = Math.ceil((2 * r + 3) * scale);
  const ctx = made.getContext("2d");
  ctx.scale(scale, scale);
  shape(ctx, what, made.width / scale / 2, made.width / scale / 2, r, ink);
  return made;
}
