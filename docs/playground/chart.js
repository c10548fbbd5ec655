// Draws the last half minute: latency above on a logarithmic scale, the states as a band below.

import { SPAN, STRETCH } from './meter.js';

const BAND = 8; // height of the band of states, in pixels
const GAP = 6; // between the two
const LABELS = 42; // width kept for the scale
const SMALLEST = 1; // milliseconds; what is faster is drawn there
const GREATEST = 20_000;
const LINES = [
  [10, '10 ms'],
  [100, '100 ms'],
  [1000, '1 s'],
  [10_000, '10 s'],
];
const NAMES = ['ink', 'line', 'faint', 'open', 'connecting', 'waiting', 'closed'];

let colours; // as the theme has them

/** To be called when the theme has changed. */
export function readColours() {
  const probe = document.body.appendChild(document.createElement('i'));
  colours = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--chart-${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
}

export function createChart(canvas, meter) {
  const context = canvas.getContext('2d');
  let width = 0; // in CSS pixels
  let height = 0;
  let density = 0; // device pixels per CSS pixel, as the canvas has it

  const observer = new ResizeObserver(measure);
  observer.observe(canvas);
  return draw;

  function measure() {
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    density = devicePixelRatio;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
  }

  function draw(now) {
    if (width === 0) return;
    if (density !== devicePixelRatio) measure();
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    drawScale();
    drawLatencies(now);
    drawStates(now);
  }

  function drawScale() {
    context.font = '10px system-ui, sans-serif';
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const [milliseconds, label] of LINES) {
      const y = Math.round(yOf(milliseconds)) + 0.5;
      context.fillStyle = colours.line;
      context.fillRect(0, y - 0.5, width - LABELS, 1);
      context.fillStyle = colours.faint;
      context.fillText(label, width, y);
    }
  }

  function drawLatencies(now) {
    const barWidth = Math.max(2, ((width - LABELS) * STRETCH) / SPAN);
    context.fillStyle = colours.ink;
    meter.bars(now, (since, low, high) => {
      const top = yOf(high) - 1;
      context.fillRect(xOf(since, now), top, barWidth, yOf(low) + 1 - top);
    });
  }

  function drawStates(now) {
    const { states } = meter;
    states.forEach(({ state, since }, index) => {
      const start = Math.max(0, xOf(since, now));
      const end = Math.min(width - LABELS, xOf(states[index + 1]?.since ?? now, now));
      context.fillStyle = colours[state];
      context.fillRect(start, height - BAND, Math.max(end - start, 1), BAND);
    });
  }

  function xOf(time, now) {
    return (width - LABELS) * (1 - (now - time) / SPAN);
  }

  function yOf(milliseconds) {
    const within = Math.min(Math.max(milliseconds, SMALLEST), GREATEST);
    const share = Math.log(within / SMALLEST) / Math.log(GREATEST / SMALLEST);
    return (height - BAND - GAP - 2) * (1 - share) + 1;
  }
}
