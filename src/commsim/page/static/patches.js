// Puts back what commsim.page.patches took out: a value from one like it and what it has that this has not.

export function patched(old, patch) {
  if (patch === null || typeof patch !== "object") return patch;
  if ("=" in patch) return patch["="];
  if ("~" in patch) return lines(old, patch["~"]);
  if (Array.isArray(patch)) {
    const [first, ...differences] = patch;
    return old.map((value, at) => (at < first ? value : (Math.round(100 * value) + differences[at - first]) / 100));
  }
  const made = Array.isArray(old) ? [...old] : { ...old };
  for (const [key, inner] of Object.entries(patch)) made[key] = patched(old[key], inner);
  return made;
}

function lines(old, changes) {
  const before = old.split("\n"), after = [];
  let at = 0;
  for (const [from, until, ...text] of changes) {
    after.push(...before.slice(at, from), ...text);
    at = until;
  }
  return [...after, ...before.slice(at)].join("\n");
}
