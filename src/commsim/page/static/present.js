// For a room: the pictures fill the screen, with three numbers each in large type and nothing to press.

import { $ } from "./dom.js";
import { t } from "./words.js";

const HINT = 6000; // milliseconds that the keys stay on the screen

export class Presenter {
  /** `changed()` is called when the room has another size. */
  constructor(changed) {
    this.changed = changed;
    document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement && this.isFull) this.set(false); });
  }

  get on() {
    return document.body.classList.contains("presenting");
  }

  set(on) {
    document.body.classList.toggle("presenting", on);
    clearTimeout(this.timer);
    $("keys").hidden = !on;
    $("keys").textContent = t("keys");
    if (on) {
      document.activeElement?.blur();
      scrollTo(0, 0);
      this.timer = setTimeout(() => { $("keys").hidden = true; this.changed(); }, HINT);
      const full = document.documentElement.requestFullscreen?.();
      full?.then(() => (this.isFull = true), () => {});
    } else {
      this.isFull = false;
      if (document.fullscreenElement) document.exitFullscreen();
    }
    this.changed();
  }
}
