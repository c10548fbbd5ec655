// How scripts name the window around them.

/** What may stand before the name of a function of that window. */
export const WINDOW_PREFIX = /^(?:(?:window|parent|top|self)\.)+/;
