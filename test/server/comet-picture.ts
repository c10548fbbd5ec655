// A comet over the night, cell by cell, in an order that lets it come out of the dark everywhere at once.

export interface Cell {
  /** Counted from 0, row by row. */
  readonly place: number;
  /** As CSS writes it. */
  readonly colour: string;
}

type Colour = readonly [red: number, green: number, blue: number];

const NIGHT: Colour = [13, 17, 38];
const DUSK: Colour = [44, 52, 110];
const TAIL: Colour = [126, 158, 255];
const CORE: Colour = [246, 250, 255];

/** Where the core stands, and how the tail points away from it, in shares of the picture. */
const CORE_PLACE = { x: 0.72, y: 0.34 };
const TAIL_END = { x: 0.06, y: 0.9 };

/** A prime, so that steps of this length meet every cell of a picture that is no multiple of it. */
const STRIDE = 1_741;

export function cometPicture(columns: number, rows: number): Cell[] {
  const count = Math.min(columns * rows, 10_000);
  return Array.from({ length: count }, (_, step) => {
    const place = (step * STRIDE) % count;
    const x = ((place % columns) + 0.5) / columns;
    const y = (Math.floor(place / columns) + 0.5) / rows;
    return { place, colour: toCss(colourAt(x, y, columns / rows, place)) };
  });
}

function colourAt(x: number, y: number, aspect: number, place: number): Colour {
  const sky = mix(NIGHT, DUSK, y * y);
  const star = noise(place) > 0.985 ? 0.35 + noise(place + 1) / 2 : 0;
  const lit = mix(sky, TAIL, tailAt(x, y, aspect));
  const glow = glowAt(x, y, aspect);
  return mix(mix(lit, CORE, star), CORE, glow);
}

/** Widening and fading along the way from the core to its end. */
function tailAt(x: number, y: number, aspect: number): number {
  const along = { x: (TAIL_END.x - CORE_PLACE.x) * aspect, y: TAIL_END.y - CORE_PLACE.y };
  const here = { x: (x - CORE_PLACE.x) * aspect, y: y - CORE_PLACE.y };
  const length = Math.hypot(along.x, along.y);
  const way = (here.x * along.x + here.y * along.y) / length ** 2;
  if (way < 0 || way > 1) return 0;
  const distance = Math.abs(here.x * along.y - here.y * along.x) / length;
  const width = 0.045 + 0.2 * way;
  return Math.max(0, 1 - distance / width) ** 1.2 * (1 - way) ** 1.1;
}

function glowAt(x: number, y: number, aspect: number): number {
  const distance = Math.hypot((x - CORE_PLACE.x) * aspect, y - CORE_PLACE.y);
  return Math.min(1, Math.exp(-distance * 16) * 1.5);
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const part = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)];
}

/** A number from 0 to 1 that looks like chance and is always the same. */
function noise(seed: number): number {
  const wild = Math.sin(seed * 12.9898 + 4.1414) * 43_758.5453;
  return wild - Math.floor(wild);
}

function toCss(colour: Colour): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
