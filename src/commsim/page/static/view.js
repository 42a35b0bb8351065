// From near or from afar: one group as faces, or everybody; the page opens near and draws back by itself.

const DRAWS_BACK = 10; // days that are seen from near
const SECONDS = 1.3; // that drawing back takes

export class View {
  /** `redraw()` is called while the picture moves between the two; `told(isNear)` when it is decided. */
  constructor(redraw, told) {
    Object.assign(this, { redraw, told, zoom: 0, to: 0, isChosen: false });
    this.frame = this.frame.bind(this);
  }

  get isNear() {
    return this.to === 0;
  }

  /** Go near (0) or afar (1); at once if there is nothing to see in between. */
  go(to, atOnce = false) {
    this.to = to;
    this.told(this.isNear);
    if (atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.zoom = to;
      return this.redraw();
    }
    this.last = performance.now();
    requestAnimationFrame(this.frame);
  }

  /** Somebody has decided: from then on it stays as they want it. */
  toggle() {
    this.isChosen = true;
    this.go(1 - this.to);
  }

  /** The clock has come to a day while playing. */
  passed(day) {
    if (this.isNear && !this.isChosen && day >= DRAWS_BACK) this.go(1);
  }

  frame(now) {
    const step = (now - this.last) / 1000 / SECONDS;
    this.last = now;
    this.zoom = this.to > this.zoom ? Math.min(this.to, this.zoom + step) : Math.max(this.to, this.zoom - step);
    this.redraw();
    if (this.zoom !== this.to) requestAnimationFrame(this.frame);
  }
}
