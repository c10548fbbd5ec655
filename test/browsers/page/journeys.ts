// The journeys, as the global `journeys` of the test page.

export { badAnswer, badMessage } from './bad-input.ts';
export { closing, closingInHandler } from './closing.ts';
export { fallingBack } from './falling-back.ts';
export { numbered } from './numbered.ts';
export { posting } from './posting.ts';
export { sideBySide } from './side-by-side.ts';
export { uncaught } from './uncaught.ts';
export { goingOn } from './going-on.ts';
