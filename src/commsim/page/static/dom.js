// Elements from data.  Text becomes text: nothing that comes from a plan is ever read as markup.

export const $ = (id) => document.getElementById(id);

/** An element with properties (or `on...` handlers, `data`, `aria-...`) and children: nodes or text. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("aria-") || name === "role" || name === "for") made.setAttribute(name, value);
    else if (name === "data") Object.assign(made.dataset, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
