// What one taker of a subscription has been given, and whether that can be: a handler, a loop, or a command queue.

import type { ModelServer, Topic } from './server.ts';

export interface LedgerRules {
  readonly name: string;
  readonly topic: Topic;
  /** Whether every event carries an id and is kept, so that none may be missing. */
  isWhole(): boolean;
  /** Whether a gap must be told; servers that number anew leave nobody a chance to know. */
  readonly tellsGaps: boolean;
  /** The number of the event behind which it begins, where that is known. */
  readonly from: number | undefined;
  /** Behind which of these events it goes on, where an earlier page had come to there. */
  readonly resumed: undefined | { readonly least: number; readonly most: number };
  /** Whether it is owed the whole state first. */
  readonly isOwedState: boolean;
  fault(sentence: string): void;
}

export interface Ledger {
  /** Number of the last event. */
  readonly last: number | undefined;
  /** How many events there were. */
  readonly count: number;
  take(event: string, data: unknown): void;
  /** Something may be missing. */
  gap(): void;
}

export function createLedger(server: ModelServer, rules: LedgerRules): Ledger {
  const { topic, isWhole, tellsGaps, name } = rules;
  let last = rules.from;
  let count = 0;
  let hasState = false;
  let gaps = 0; // told, and not used

  return {
    get last() {
      return last;
    },
    get count() {
      return count;
    },
    gap() {
      gaps++;
    },
    take(event, data) {
      if (event === 'snapshot') return takeSnapshot(String(data));
      const told = server.find(event, data);
      if (!told) return fault(`was given ${event} ${String(data).slice(0, 60)}, which nobody has sent`);
      if (told.topic !== topic) return fault(`was given what belongs to ${told.topic.key}`);
      if (rules.isOwedState && !hasState) fault('was given a change before the state');
      count++;
      const { number } = told;
      if (last !== undefined && number <= last) fault(`was given ${number} after ${last}`);
      const { resumed } = rules;
      if (last === undefined && resumed && (number <= resumed.least || number > resumed.most + 1)) {
        fault(`goes on at ${number}, and not behind ${resumed.least} to ${resumed.most}`);
      }
      const isMissing = last !== undefined && number > last + 1;
      if (isMissing && isWhole()) fault(`lost what is between ${last} and ${number}`);
      else if (isMissing && tellsGaps && gaps-- < 1)
        fault(`lost, unsaid, what is between ${last} and ${number}`);
      last = number;
    },
  };

  function takeSnapshot(text: string): void {
    hasState = true;
    const [key, number] = text.split(' stands at ');
    if (key !== topic.key) fault(`was given the state of ${String(key)}`);
    if (last !== undefined && Number(number) < last) fault(`was given a state older than ${last}`);
    last = Number(number);
  }

  function fault(what: string): void {
    rules.fault(`${name} of ${topic.key} ${what}`);
  }
}
