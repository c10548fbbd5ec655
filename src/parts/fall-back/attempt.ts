// One attempt: the turn of the transport in use and, while that stays mute, one of the next rung beside it.
//
// What the one beside it brings is held for a moment. When the first shows life meanwhile, it was a tie: a quiet
// server had something to say, and said it to both. When it does not, it is held back on its way, and the other wins.
// Compare RFC 8305, "happy eyeballs".

import { isEventStream } from '../../ground/media-type.ts';
import type { SessionInside, TurnListener } from '../../session/part.ts';
import { ANSWER_PATIENCE, HEAD_PATIENCE, TIE } from '../../session/patience.ts';
import { verdictOn } from '../../session/verdict.ts';
import type { Stop, Transport } from '../../transports/transport.ts';
import type { Ladder } from './ladder.ts';
import type { OriginMemory } from './origin-memory.ts';
import type { Rival } from './rival.ts';

/** How long the first byte may take after the head. Milliseconds. */
export const BYTE_PATIENCE = 8_500;

/** A stream that ends within this time of a question beside it was ended for it. Milliseconds. */
const AS_IT_OPENED = 1_000;

/** How many attempts are remembered that proved the way. */
const MOST_PROOFS = 4;

export function startHedged(
  inside: SessionInside,
  ladder: Ladder,
  memory: OriginMemory,
  listener: TurnListener,
): Stop {
  const { environment, cursor, target, seams } = inside;
  const { method } = target.options;
  const tried = new Set<Transport>(); // what was opened beside it, in vain
  let unreached: Transport[] = []; // of these, what met no server, and may another time
  // What is not safe to ask twice is not asked beside itself (RFC 9110, section 9.2.1).
  const isStream = ladder.transport.rhythm === 'stream';
  const isHedged = !target.once && method === 'GET' && isStream && !ladder.isProved;
  let live = true;
  let hasHead = false; // the first
  let hasAnswer = false; // the one beside it, though an empty one
  let isFixed = false; // the caller has said by `accept` what the answer is to be
  let firstLife: number | undefined; // when the first byte of the first came
  const proof = {}; // that nothing on the way holds streams back
  const startedAt = environment.now();
  const wasProved = ladder.isProved; // before its first message
  let rival: Rival | undefined;
  let stopTimer: Stop | undefined; // of the patience with the first, or with a tie

  const lead: TurnListener = {
    ...listener,
    asked(request) {
      isFixed = request.namesAccept;
    },
    opened(head) {
      hasHead = true;
      if (isHedged && !rival) wait(BYTE_PATIENCE, besideIt);
      listener.opened(head);
    },
    alive(size, at) {
      if (firstLife === undefined) {
        firstLife = at;
        if (isStream && memory.proofs.size < MOST_PROOFS) memory.proofs.add(proof);
      }
      dropRival('the first has shown life');
      listener.alive(size, at);
    },
    ended(end, response) {
      const now = environment.now();
      const isTimeout = end.how === 'cut' && end.error.code === 'timeout';
      // A stream that is held back comes all at once, at its end.
      if (firstLife !== undefined && now - firstLife < TIE) {
        memory.proofs.delete(proof);
        if (!wasProved && firstLife - startedAt >= TIE) ladder.suspect();
      }
      // What breaks may have broken for any reason, and the one beside it with it.
      const isEnded = end.how === 'complete' || end.how === 'status';
      if (rival && isEnded && now - rival.at < AS_IT_OPENED) memory.asksOnce.add(target.resource);
      const isOver = end.how === 'cut' || end.how === 'complete';
      // A stream that has ever delivered is left only for one that answers: a server that hangs answers neither.
      const isHeadless = isTimeout && !hasHead && (hasAnswer || !ladder.wasProved);
      // A rung tried again that dies mute has had its chance; so has one whose message is here by another way.
      if (rival && (isHeadless || (isOver && (ladder.isTrial || rival.delivers)))) {
        win(rival, isHeadless ? 'gave no head in time' : 'ended and brought nothing');
      } else {
        dropRival(end.how);
        listener.ended(end, response);
      }
    },
    renew(reason) {
      dropRival(reason);
      listener.renew(reason);
    },
  };
  let stopFirst = seams.turn(ladder.transport, lead);
  if (isHedged) wait(ladder.isTrial ? 0 : HEAD_PATIENCE, besideIt);

  return () => {
    live = false;
    stopFirst();
    stopTimer?.();
    rival?.stop();
  };

  function besideIt(): void {
    // Mute by us, who read nothing of it.
    if (inside.run.isHeld) return wait(BYTE_PATIENCE, besideIt);
    if (!mayAskBeside()) return;
    const transport = ladder.beside(tried);
    if (transport) return open(transport);
    for (const rung of unreached) tried.delete(rung);
    if (unreached.length > 0) wait(BYTE_PATIENCE, besideIt);
    unreached = [];
  }

  /** A question that is not free for the server is asked only where there is reason to doubt the way of the stream. */
  function mayAskBeside(): boolean {
    const { asksOnce, proofs } = memory;
    if (asksOnce.has(target.resource) || isFixed) return false;
    return ladder.isTrial || (proofs.size === 0 && !inside.isLate);
  }

  function open(transport: Transport): void {
    note(`${transport.name} is opened beside ${ladder.transport.name}, which is mute`);
    const held: Rival['held'] = [];
    let free: Stop = () => undefined;
    const won = new Promise<void>((resolve) => (free = resolve));
    const current: Rival = {
      transport,
      held,
      free,
      stop: () => undefined,
      at: environment.now(),
      delivers: false,
    };
    rival = current;
    // Until it wins, nothing it says counts.
    const hold =
      <Values extends unknown[]>(say: (...values: Values) => void) =>
      (...values: Values): void => {
        if (rival === current) held.push(() => say(...values));
        else say(...values);
      };
    current.stop = seams.turn(transport, {
      asked() {
        current.at = environment.now();
      },
      opened(head) {
        current.at = environment.now();
        hold(listener.opened)(head);
        // A server that knows no other way has begun a second stream, as mute as the first.
        if (rival === current && hasHead && isEventStream(head)) wait(ANSWER_PATIENCE, forgo);
      },
      id: hold(lead.id),
      retry: hold(lead.retry),
      problem: hold(lead.problem),
      alive: hold(listener.alive),
      // More than one piece need not be held: what is said all at once nobody can hold back.
      ready: () => (rival === current && current.delivers ? won : undefined),
      held: hold(listener.held),
      renew(reason) {
        if (rival !== current || current.delivers) return hold(lead.renew)(reason);
        open(transport);
      },
      message(message) {
        if (rival === current && !current.delivers) {
          current.delivers = true;
          wait(TIE, () => win(current, `stayed mute while ${transport.name} brought a message`));
        }
        hold(listener.message)(message);
      },
      ended(end, response) {
        if (rival !== current || current.delivers) return hold(lead.ended)(end, response);
        const { statuses } = target.convention;
        // A stream that has ended is an answer, even without a message: the other one goes on.
        const answers = transport.polls?.statuses(response.elapsed);
        const facts = { once: false, answers, resumed: false };
        const { next } = verdictOn(end, facts, statuses);
        const isEmpty = next === 'again';
        rival = undefined;
        hasAnswer ||= isEmpty;
        if (isEmpty) return wait(pauseOf(transport), () => open(transport));
        note(`${transport.name} failed beside it: ${end.how}`);
        tried.add(transport);
        if (end.how === 'cut') unreached.push(transport);
        // A refusal, or a stream of the kind that is there already. Who has other credentials next time may ask again.
        const isForGood = end.how !== 'cut' && end.how !== 'unusable' && next !== 'refresh';
        if (isForGood) memory.asksOnce.add(target.resource);
        besideIt();
      },
    });
  }

  /** From an empty answer. */
  function pauseOf(transport: Transport): number {
    const empty = { elapsed: 0, messages: 0, startedAfter: cursor.id, serverRetry: 0 };
    return seams.pause(empty, transport);
  }

  /** Nothing else is tried beside it. */
  function forgo(): void {
    memory.asksOnce.add(target.resource);
    dropRival('it is a stream, too');
  }

  function win(winner: Rival, reason: string): void {
    stopTimer?.();
    // What the first was sent before the other asked is lost, unless that asked after an id.
    if (cursor.id === '') seams.gap('no-ids');
    stopFirst();
    rival = undefined;
    stopFirst = winner.stop;
    // Two that wait for a head may both wait for a free connection: only an answer is worth remembering.
    ladder.moveTo(winner.transport, reason, winner.delivers || hasAnswer || ladder.isTrial);
    for (const say of winner.held) if (live) say();
    winner.free();
  }

  function dropRival(why: string): void {
    stopTimer?.();
    stopTimer = undefined;
    if (!rival) return;
    note(`${rival.transport.name} beside it is stopped: ${why}`);
    rival.stop();
    rival = undefined;
  }

  function note(detail: string): void {
    seams.tell('note', ['beside', detail]);
  }

  function wait(milliseconds: number, then: () => void): void {
    stopTimer?.();
    stopTimer = environment.setTimer(then, milliseconds);
  }
}
