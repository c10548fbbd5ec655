// A long numbered list that goes through a subscription, and of which the page keeps nothing.

import type { Message } from '../../../src/index.ts';
import { numberedData } from '../../server/numbered-data.ts';
import { encke, transportNamed } from './encke.ts';

export interface FlowPlan {
  readonly technique: string;
  /** Of `/numbered?kind=large`, more of the query. */
  readonly query: Readonly<Record<string, string>>;
  readonly count: number;
}

export interface FlowFacts {
  /** Messages that came in their place with their text. */
  readonly delivered: number;
  /** Lost, doubled, out of order, or with another text. */
  readonly misplaced: number;
  /** The first few of these. */
  readonly examples: readonly string[];
  /** Why it ended too early; `''` where it did not. */
  readonly ended: string;
  readonly milliseconds: number;
}

/** Milliseconds without a message after which the rest is given up. */
const PATIENCE = 30_000;

let close = (): void => undefined;

/** Resolves when the whole list has come. The subscription stays open until the next flow, or `stop`. */
export async function flow({ technique, query, count }: FlowPlan): Promise<FlowFacts> {
  stop();
  const began = performance.now();
  const list = new URLSearchParams({ ...query, kind: 'large', stay: '1', count: String(count) });
  let delivered = 0;
  let misplaced = 0;
  const examples: string[] = [];
  let lastAt = began;

  const ended = await new Promise<string>((resolve) => {
    const subscription = encke.subscribe(`/numbered?${list}`, {
      transports: [transportNamed(technique)],
      share: false,
      retryDelay: 100,
      onMessage,
    });
    const watch = setInterval(() => {
      if (performance.now() - lastAt > PATIENCE) resolve(`nothing for ${PATIENCE} ms`);
    }, 1_000);
    close = () => {
      clearInterval(watch);
      subscription.close();
    };
    void subscription.closed.then(({ reason, error }) => resolve(error?.message ?? reason));

    function onMessage({ id, data }: Message): void {
      lastAt = performance.now();
      const isNext = id === String(delivered + misplaced + 1);
      if (isNext && data === numberedData(Number(id), 'large', count)) {
        delivered++;
      } else {
        misplaced++;
        if (examples.length < 3) examples.push(describe(id, String(data), delivered + misplaced));
      }
      if (id === String(count)) resolve('');
    }
  });
  return { delivered, misplaced, examples, ended, milliseconds: Math.round(performance.now() - began) };
}

export function stop(): void {
  close();
}

function describe(id: string, text: string, place: number): string {
  return `${id} at place ${place}: ${text.length} characters, ${text.slice(0, 40)}…${text.slice(-20)}`;
}
