// One clock for all panels: a position from 0 (the first morning) to the last evening.

export class Clock {
  /** `tick(position, phase)` is called when the position or, while playing, the phase (0 to 1) changes. */
  constructor(tick) {
    this.tick = tick;
    this.position = 0;
    this.days = 0;
    this.speed = 3;
    this.playing = false;
    this.held = () => false; // whether it stays at the first morning, as before a guess
    this.phase = 0;
    this.frame = this.frame.bind(this);
  }

  /** Go to a position; playing stops at the end. */
  go(position) {
    this.position = this.held() ? 0 : Math.max(0, Math.min(this.days, position));
    this.phase = 0;
    if (this.position === this.days) this.playing = false;
    this.tick(this.position, this.phase);
  }

  play(on = !this.playing) {
    this.playing = on && this.days > 0 && !this.held();
    if (this.playing && this.position === this.days) this.position = 0;
    this.last = performance.now();
    this.tick(this.position, this.phase);
    if (this.playing) requestAnimationFrame(this.frame);
  }

  frame(now) {
    if (!this.playing) return;
    this.phase += (Math.min(250, now - this.last) / 1000) * this.speed;
    this.last = now;
    const whole = Math.floor(this.phase);
    if (whole > 0) this.position = Math.min(this.days, this.position + whole);
    this.phase -= whole;
    if (this.position === this.days) this.playing = false;
    this.tick(this.position, this.phase);
    requestAnimationFrame(this.frame);
  }
}
