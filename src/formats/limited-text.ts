// The text of one message while it comes, kept no longer than the limit.

export interface LimitedText {
  add(piece: string): void;
  /** Gives the text and begins anew; `undefined` when it was too long. */
  take(): string | undefined;
}

/** `exceeded` is called once per text that is too long, with its beginning. */
export function createLimitedText(limit: number, exceeded: (start: string) => void): LimitedText {
  let text: string | undefined = ''; // undefined: too long, and dropped

  return {
    add(piece) {
      if (text === undefined) return;
      text += piece;
      if (text.length <= limit) return;
      const start = text;
      text = undefined;
      exceeded(start);
    },
    take() {
      const whole = text;
      text = '';
      return whole;
    },
  };
}
