// One loop for everything that is drawn: once per animation frame, and not at all in a hidden page.

const painters = new Set();
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** With reduced motion, charts step once a second instead of gliding. */
const CALM_PERIOD = 1000;
let next = 0; // when to draw

/** Calls back with the time of each frame; the returned function ends that. */
export function onFrame(paint) {
  if (painters.size === 0) requestAnimationFrame(frame);
  painters.add(paint);
  return () => painters.delete(paint);
}

function frame() {
  if (painters.size > 0) requestAnimationFrame(frame);
  const now = performance.now();
  if (now < next) return;
  next = calm.matches ? now + CALM_PERIOD : now;
  for (const paint of painters) paint(now);
}

/** Gives true at most once in so many milliseconds: figures that change faster cannot be read. */
export function pacer(period) {
  let due = 0;
  return (now) => {
    if (now < due) return false;
    due = now + period;
    return true;
  };
}

/** Writes only what has changed, for every write costs a layout. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
