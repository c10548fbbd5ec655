// How long a session and its parts wait for a sign of life. All in milliseconds.

/** Shortest silence that counts as a lost connection. */
export const LEAST_PATIENCE = 30_000;

/** How long a head may take before another rung is opened beside it. */
export const HEAD_PATIENCE = 3_000;

/** How long a message is held for a tie; what comes this soon after something came with it. */
export const TIE = 250;

/** How long an event stream that answers a poll may go on before it counts as a stream. */
export const ANSWER_PATIENCE = 1_000;
