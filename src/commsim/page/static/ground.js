// The ground of a panel: bright while its members look in, dark when hardly anybody does.

const BRIGHT = 0.2; // of the members a day, over a week: from here on it is day
const DARK = 0.03; // and below this, night
const DAY = [255, 250, 236], NIGHT = [27, 31, 37];
const TURN = 0.179; // luminance at which black and white are as easy to read as each other

/** 0 (night) to 1 (day) for the share of members who looked in. */
export const light = (share) => Math.max(0, Math.min(1, (share - DARK) / (BRIGHT - DARK)));

/** The colour of the ground, and whether it is so dark that what stands on it must be light. */
export function ground(share) {
  const lit = light(share);
  const parts = DAY.map((day, k) => Math.round(NIGHT[k] + (day - NIGHT[k]) * lit));
  return { colour: `rgb(${parts.join(" ")})`, isDark: luminance(parts) < TURN };
}

function luminance(parts) {
  const [red, green, blue] = parts.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
