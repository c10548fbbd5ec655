// What the library says, as a card can show it.

/** With a capital, a full stop, and addresses short enough for a card. */
export function sentence(words) {
  const short = withShortAddresses(words);
  const capital = short.charAt(0).toUpperCase() + short.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** Of an address, the last part of its path. */
export function withShortAddresses(words) {
  return words.replace(/https?:\/\/[^\s?]*?(\/[^\s/?]*)(\?[^\s:]*)?(?=[\s:]|$)/g, '$1');
}
