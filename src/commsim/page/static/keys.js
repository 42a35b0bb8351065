// What is pressed: the buttons of the page, and keys.

import { $ } from "./dom.js";
import { showGlossary } from "./glossary.js";

export function listen(page) {
  const { clock } = page;
  $("first").onclick = () => { clock.play(false); clock.go(0); };
  $("back").onclick = () => { clock.play(false); clock.go(clock.position - 1); };
  $("step").onclick = () => { clock.play(false); clock.go(clock.position + 1); };
  $("play").onclick = () => clock.play();
  $("position").oninput = () => { const at = Number($("position").value); clock.play(false); clock.go(at); };
  $("speed").onchange = () => { page.spedUp = true; clock.speed = Number($("speed").value); };
  clock.speed = Number($("speed").value);
  $("language").onchange = () => page.speak($("language").value);
  $("setup").onsubmit = (event) => { event.preventDefault(); page.start(); };
  $("levers-close").onclick = () => page.openLevers(null);
  $("near").onclick = () => page.stage.view.toggle();
  $("present").onclick = () => page.presenter.set(true);
  $("find").onsubmit = (event) => { event.preventDefault(); page.tell(Number($("person").value)); };
  $("lesson-button").onclick = () => page.lesson.begin(0);
  $("members-button").onclick = () => page.members.next();
  $("glossary-button").onclick = () => showGlossary($("glossary"));
  $("figures").ontoggle = () => page.stage.showDay(clock.position);
  $("more").ontoggle = () => page.stage.curves.resize();
  addEventListener("resize", () => page.stage.resize());
  addEventListener("keydown", (event) => pressed(page, event));
}

/** Space plays, arrows step, letters do the rest: wherever no control wants the key for itself. */
function pressed(page, event) {
  if (event.target.closest("input, select, button, textarea, summary, .scroll, dialog:not(.story)") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, room = page.presenter;
  const nudge = (by) => () => page.panels[page.chosen]?.trace && page.panels[page.chosen].quick.nudge("advert", by);
  const plays = {
    " ": () => page.clock.play(), ArrowRight: () => $("step").click(), ArrowLeft: () => $("back").click(), Home: () => $("first").click(),
    m: () => page.members.next(),
  };
  const does = $("story").open ? plays : {
    ...plays, p: () => room.set(!room.on), b: () => page.branch(page.chosen), z: () => page.stage.view.toggle(),
    ...(room.on ? { Escape: () => room.set(false), ArrowUp: nudge(1), ArrowDown: nudge(-1) } : {}),
    ...Object.fromEntries(page.panels.map((_, k) => [String(k + 1), () => page.choose(k)])),
  };
  if (!does[key]) return;
  event.preventDefault();
  does[key]();
}
