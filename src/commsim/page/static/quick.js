// The two sliders above a picture: adverts a day, and things worth reading a day.  They act at once.

import { el } from "./dom.js";
import { freeName } from "./levers.js";
import { t } from "./words.js";

const WAIT = 160; // milliseconds of rest after which a slider counts as set
const KINDS = {
  advert: { most: 6, fresh: (posts) => ({ kind: "advert", posts, hours: [10, 15, 20], staff_minutes: 1 }) },
  content: { most: 4, fresh: (posts) => ({ kind: "content", posts, hour: 12, staff_minutes: 1.5 }) },
};

export class Quick {
  /** `change(name, settings or null)` asks for a change. */
  constructor(room, change) {
    Object.assign(this, { room, change, last: {}, timers: {}, sliders: {}, busy: new Set() }); // busy: being moved
    for (const kind of Object.keys(KINDS)) this.add(kind);
  }

  add(kind) {
    const slider = el("input", { type: "range", min: 0, max: KINDS[kind].most, step: 1, value: 0 });
    const shown = el("output"), text = el("span");
    slider.oninput = () => {
      shown.textContent = slider.value;
      clearTimeout(this.timers[kind]);
      this.busy.add(kind);
      this.timers[kind] = setTimeout(() => {
        this.busy.delete(kind);
        this.set(kind, Number(slider.value));
      }, WAIT);
    };
    this.sliders[kind] = { slider, shown, text };
    this.room.append(el("label", { className: kind }, text, slider, shown));
  }

  /** Show what runs on a day, unless somebody is moving the slider. */
  show(trace, day) {
    this.trace = trace;
    const entries = trace.running(day);
    for (const [kind, { slider, shown, text }] of Object.entries(this.sliders)) {
      text.textContent = label(entries, kind);
      const known = entries.find((one) => daily(one, kind)), entry = known && begun(known, day) ? known : undefined;
      if (known) this.last[kind] = known;
      this.entry = { ...this.entry, [kind]: entry };
      if (this.busy.has(kind)) continue;
      const posts = entry?.posts ?? 0;
      slider.max = Math.max(KINDS[kind].most, posts);
      slider.value = shown.textContent = posts;
    }
  }

  /** One step more or less, as by an arrow key. */
  nudge(kind, by) {
    const { slider } = this.sliders[kind];
    slider.value = Number(slider.value) + by;
    slider.oninput();
  }

  set(kind, posts) {
    const entry = this.entry?.[kind];
    if (posts === (entry?.posts ?? 0)) return;
    if (posts === 0) return this.change(entry.name, null);
    const taken = new Set(this.trace.entries.map((one) => one.name));
    const known = entry ?? this.last[kind];
    const settings = known ? { ...known, starts: 0, posts } : KINDS[kind].fresh(posts);
    const name = known?.name ?? freeName(kind, taken);
    this.change(name, settings);
  }
}

/** Whether it runs already: what is still to come is nothing yet. */
const begun = ({ starts, warm_up }, day) => starts - warm_up <= day;

/** What the slider moves, said against what else the plan sends of the kind. */
function label(entries, kind) {
  const others = entries.filter((one) => one.kind === kind && !daily(one, kind));
  if (!others.length) return t(`quick.${kind}`);
  return t(others.every((one) => one.announces) ? `quick.${kind}.not_sales` : `quick.${kind}.all_days`);
}

/** Whether a strategy posts every day to everybody, and so is what the slider stands for. */
function daily(entry, kind) {
  return entry.kind === kind && !entry.announces && !(entry.weekdays?.length % 7) && !entry.who;
}
