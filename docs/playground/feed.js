// One subscription as a card shows it: connected, paused and resumed, counted.

import { subscribe } from '/dist/index.js';
import { createMeter } from './meter.js';
import { sentence } from './sentences.js';

/**
 * @param transports those to try, best first
 * @param options what the subscription has beside its transports
 * @param onTransport told of every choice
 */
export function createFeed({ key, origin, transports, options, onTransport }) {
  const meter = createMeter();
  let connection; // absent where no transport can carry it
  let rate = 0; // events per second
  let requests = 0;
  let startedAt = 0; // when it was opened
  let lastAt = 0; // when the last event came
  let lostAt; // when the connection was lost, while it is
  let back; // the last recovery: how long it took, and what it cost
  let retryAt = 0; // when the next attempt is due, while waiting
  let note = ''; // what happened last, for people
  let refusal; // why it cannot work here

  return {
    key,
    meter,
    get requests() {
      return requests;
    },
    get state() {
      return connection?.state ?? 'closed';
    },
    get transport() {
      return connection?.transport ?? '';
    },
    /** What happened to this connection; a new one has its own. */
    get trace() {
      return connection?.trace ?? [];
    },
    get url() {
      return urlAt(rate, key);
    },
    get retryAt() {
      return retryAt;
    },
    get refusal() {
      return refusal;
    },
    noteAt,
    connect,
    pause,
    resume,
    urlAt,
  };

  /** Begins with what comes from now on. */
  function connect(eventsPerSecond = rate) {
    rate = eventsPerSecond;
    meter.restart();
    open('');
  }

  function pause() {
    if (refusal !== undefined) return;
    connection?.close();
    note = `Closed by you. It goes on after event ${connection?.lastEventId || 'zero'}.`;
  }

  /** Goes on where it was left: the server replays what came meanwhile. */
  function resume() {
    open(connection?.lastEventId ?? '');
  }

  function open(lastEventId) {
    connection?.close();
    lostAt = refusal = back = undefined;
    note = '';
    startedAt = lastAt = performance.now();
    try {
      connection = subscribe(urlAt(rate, key), {
        ...options,
        transports: transports().map(counted),
        lastEventId,
        parse: (text) => JSON.parse(text),
        on: { tick: receive },
        onState: heed,
        onTransport,
      });
      meter.become('connecting', performance.now());
    } catch (error) {
      connection = undefined;
      note = refusal = error.message;
      meter.become('closed', performance.now());
    }
  }

  /** The same transport, counting its requests. */
  function counted(transport) {
    return {
      ...transport,
      open(request, sink) {
        requests += 1;
        return transport.open(request, sink);
      },
    };
  }

  function receive(event) {
    lastAt = performance.now();
    if (lostAt !== undefined) {
      back = { at: Date.now(), took: lastAt - lostAt, caughtUp: 0, lostBefore: meter.lost };
      lostAt = undefined;
    }
    if (back && event.time < back.at) back.caughtUp += 1;
    // Both clocks are those of this machine; a negative difference is their rounding.
    meter.receive(event, Math.max(0, Date.now() - event.time), lastAt);
  }

  function heed({ state, reason, retryIn = 0 }) {
    const now = performance.now();
    meter.become(state, now);
    retryAt = now + retryIn;
    if (state === 'waiting') {
      // Only an event proves that it is back.
      lostAt ??= now;
      back = undefined;
    }
    if (state === 'open') note ||= `Connected in ${Math.round(now - startedAt)} ms.`;
    else if (state !== 'connecting') note = sentence(reason);
  }

  /** What there is to say; an open connection that is silent says that. */
  function noteAt(now) {
    const silence = now - lastAt;
    const usual = (options?.pollInterval ?? 0) + Math.max(2500 / rate, 1000);
    if (connection?.state !== 'open') return note;
    if (silence > usual) return `Silent for ${seconds(silence)}.`;
    if (!back) return note;
    const lost = meter.lost - back.lostBefore;
    return `Back after ${seconds(back.took)}: ${back.caughtUp} caught up, ${lost || 'none'} lost.`;
  }

  function urlAt(eventsPerSecond, ownKey) {
    const url = new URL('/events', origin);
    url.searchParams.set('channel', `pulse-${eventsPerSecond}`);
    if (ownKey !== undefined) url.searchParams.set('key', ownKey);
    return url.href;
  }
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
