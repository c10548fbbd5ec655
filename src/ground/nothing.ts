// What is called where nothing is to be done.

/** Does nothing. */
export const nothing = (): undefined => undefined;
