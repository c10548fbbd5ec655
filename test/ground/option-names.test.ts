// Each function that takes options knows their names, and refuses any other.

import { describe, expect, it } from 'vitest';
import { sijax } from '../../src/sijax/client/sijax.ts';
import { commandQueue, createClient, EnckeError, eventStream, request, subscribe } from '../../src/index.ts';
import { probe } from '../../src/probe/probe.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import { membersOf } from '../tools/options-table.ts';

/** What Sijax's interface picks from the options of `request`. */
const TAKEN_OVER: Readonly<Record<string, readonly string[]>> = {
  CallOptions: [
    'credentials',
    'signal',
    'fetch',
    'transports',
    'onMessage',
    'onError',
    'onState',
    'onTransport',
    'connectTimeout',
  ],
};

const parts = { transports: [memoryTransport()], formats: [eventStream] };
const ofCall = optionsIn('src/sijax/client/sijax-options.ts', 'CallOptions');
const ofBoth = optionsIn('src/options.ts', 'ConnectionOptions');
const ofSubscribe = optionsIn('src/options.ts', 'SubscribeOptions');

interface Taker {
  readonly owner: string;
  readonly names: readonly string[];
  /** Hands it options that are as they came: a caller without types may give anything. */
  take(options: object): unknown;
}

const TAKERS: readonly Taker[] = [
  {
    owner: 'subscribe',
    names: [...ofBoth, ...ofSubscribe],
    take: (options) => subscribe('/events', options),
  },
  { owner: 'request', names: ofBoth, take: (options) => request('/events', options) },
  {
    owner: 'createClient',
    names: optionsIn('src/client.ts', 'ClientParts'),
    take: (options) => createClient({ ...parts, ...options }),
  },
  {
    owner: 'commandQueue',
    names: optionsIn('src/commands/command.ts', 'CommandQueueOptions'),
    take: commandQueue,
  },
  { owner: 'sijax', names: ofCall, take: (options) => sijax('/app', options) },
  { owner: 'request', names: ofCall, take: (options) => sijax('/app').request('say', [], options) },
  { owner: 'comet', names: ofCall, take: (options) => sijax('/app').comet('say', [], options) },
  {
    owner: 'probe',
    names: optionsIn('src/probe/probe-request.ts', 'ProbeOptions'),
    take: (options) => probe('/events', options),
  },
  {
    owner: 'virtualEnvironment',
    names: optionsIn('src/testing.ts', 'VirtualEnvironmentOptions'),
    take: virtualEnvironment,
  },
  {
    owner: 'memoryTransport',
    names: optionsIn('src/testing.ts', 'MemoryTransportOptions'),
    take: memoryTransport,
  },
];

/** Slips of the hand. */
const SLIPS: readonly [what: string, slip: (name: string) => string][] = [
  ['a letter missing', (name) => name.slice(0, 1) + name.slice(2)],
  ['a letter twice', (name) => name.slice(0, 2) + name.slice(1)],
  ['two letters swapped', (name) => name.replace(/^(.)(.)/, '$2$1')],
  ['another case', (name) => name.replace(/.$/, (last) => last.toUpperCase())],
];

describe.each(TAKERS)('$owner', ({ owner, names, take }) => {
  it('takes each of its options', async () => {
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      // The value may be refused, the name may not.
      expect(await complaintOf(() => take({ [name]: () => 'a' })), name).not.toContain('has no option');
    }
  });

  it.each(SLIPS)('refuses an option with %s, and names the one that was meant', async (_, slip) => {
    const slipped = names.map((name) => [slip(name), name] as const);
    for (const [typed, meant] of slipped.filter(([typed]) => !names.includes(typed) && typed.length > 3)) {
      expect(await complaintOf(() => take({ [typed]: 1 }))).toBe(
        `invalid-option: ${owner} has no option ${typed}. Did you mean ${meant}?`,
      );
    }
  });

  it('takes an unknown option that is undefined for one not given', async () => {
    expect(await complaintOf(() => take({ nothing: undefined }))).not.toContain('has no option');
  });

  it('knows no name of an object that is none of its options', async () => {
    for (const name of ['constructor', 'toString', '__proto_']) {
      expect(await complaintOf(() => take({ [name]: 1 }))).toContain(`has no option ${name}.`);
    }
  });
});

describe('upload', () => {
  it('has options of its own', () => {
    const form = { getAttribute: () => 'form' } as unknown as HTMLFormElement;
    const misspelt: object = { submiter: null };
    expect(() => sijax('/app').upload(form, misspelt)).toThrow(
      'upload has no option submiter. Did you mean submitter?',
    );
  });
});

describe('an option of subscribe', () => {
  it.each(ofSubscribe)('is refused by request with the reason: %s', (name) => {
    const options: object = { [name]: 1 };
    expect(() => request('/events', options)).toThrow(
      `${name} is an option of subscribe: a request is sent once.`,
    );
    const nothing: object = { [name]: undefined };
    expect(() => request('/events', nothing)).not.toThrow();
  });
});

describe('a name from another library', () => {
  it.each([
    ['timeout', 'connectTimeout'],
    ['onmessage', 'onMessage'],
    ['withCredentials', 'credentials'],
    ['interval', 'pollInterval'],
    ['retries', 'retry'],
    ['abortSignal', 'signal'],
  ])('leads from %s to %s', (typed, meant) => {
    const options: object = { [typed]: 1 };
    expect(() => subscribe('/events', options)).toThrow(`Did you mean ${meant}?`);
  });
});

async function complaintOf(act: () => unknown): Promise<string> {
  try {
    await act();
    return '';
  } catch (error) {
    return error instanceof EnckeError ? `${error.code}: ${error.message}` : String(error);
  }
}

/** Also those that it takes over from another interface. */
function optionsIn(path: string, name: string): string[] {
  return [...membersOf(path, name).map((member) => member.name), ...(TAKEN_OVER[name] ?? [])];
}
