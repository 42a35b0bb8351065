// A plan as a file.

import { el } from "./dom.js";

/** Hand a plan out as a file; its name keeps what every file system allows. */
export function download({ name, yaml }) {
  const file = name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "plan";
  const address = URL.createObjectURL(new Blob([yaml], { type: "application/yaml" }));
  el("a", { href: address, download: `${file}.yaml` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
