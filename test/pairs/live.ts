// A life, lived on a clock of its own: what must hold whatever happens is checked at every call of a handler, at every
// request, after every step and at the end.

import {
  commandQueue,
  createClient,
  eventStream,
  fetchStream,
  json,
  longPoll,
  poll,
  type Client,
  type Closed,
  type CommandQueue,
  type State,
  type SubscribeOptions,
  type Subscription,
} from '../../src/index.ts';
import { seededRandom } from '../tools/random.ts';
import { createBrowser, type Tab } from './browser.ts';
import { TABLE } from './features.ts';
import { createJudge } from './judge.ts';
import { createLedger, type Ledger, type LedgerRules } from './ledger.ts';
import { ALONE, type Act, type Life, type Role, type Row, type Step } from './life.ts';
import { CHUNK, commandOf, createModelServer, PAGE, PLAIN, topicKey, type Topic } from './server.ts';

/** One subscription, and what its user has of it. */
interface Subscriber {
  readonly role: Role;
  readonly tab: Tab;
  readonly topic: Topic;
  readonly connection: Subscription;
  readonly controller: AbortController;
  readonly handler: Ledger;
  /** Who is told of gaps: the handler, the queue and the loops. */
  readonly takers: Ledger[];
  readonly queue: CommandQueue | undefined;
  readonly loops: AsyncIterator<unknown>[];
  readonly closed: Closed[];
  state: State;
  /** Why it may be closed. */
  readonly wishes: Set<Closed['reason']>;
  /** The number of its last event when the page was hidden. */
  kept: number | undefined;
}

/** A request that must be sent once. */
interface Order {
  readonly what: string;
  readonly outcome: Promise<string>;
  readonly controller: AbortController;
}

/** A page, from one load to the next. */
interface Load {
  readonly tab: Tab;
  readonly client: Client;
  /** By user. */
  readonly wallets: Map<string, Wallet>;
}

/** What shows the token of a user, and gets a new one. */
interface Wallet {
  headers(): HeadersInit;
  refresh(): Promise<void>;
}

/** How long a loop takes for so many messages. */
const PAUSE = 20_000;
const BATCH = 500;

/** How many messages a loop may lag behind: those that count, and what came in one piece with the last. */
const MOST_BEHIND = 1_000 + 2 * CHUNK;

/** How many characters of text a transport may keep: what makes it open anew, and the piece behind. */
const MOST_KEPT = 1_500_000;

/** How long new credentials take. Milliseconds. */
const REFRESH = 500;

/** The longest that anything may need to recover. Milliseconds. */
const RECOVERY = 900_000;

/** How many intervals of its server a client may wait. */
const MISSED = 2.5;

/** How soon a silence, and a head that does not come, are noticed. Milliseconds. */
const SILENCE = 30_000;
const HEAD = 15_000;

/** A head that takes so long is a late one. Milliseconds. */
const LATE = 5_000;

/** Statuses that no attempt can mend. */
const FATAL = [400, 404, 409];

export function rowsOf({ rows }: Life): readonly Row[] {
  return TABLE.filter(({ name }) => rows.includes(name));
}

export async function live(life: Life): Promise<void> {
  const rows = rowsOf(life);
  const traits = { ...PLAIN, ...Object.assign({}, ...rows.map((row) => row.traits)) } as typeof PLAIN;
  const roles = rows.reduce<readonly Role[]>((cast, row) => row.cast?.(cast) ?? cast, [ALONE]);
  const random = seededRandom(life.seed);
  const browser = createBrowser();
  const faults: string[] = [];
  const fault = (sentence: string): void => void faults.push(`${sentence} (at ${browser.now()} ms)`);
  const judge = createJudge({ clock: browser, server: () => server, sessions: sessionsOf, fault });
  const server = createModelServer({
    clock: browser,
    traits,
    isAsleep: () => browser.isAsleep,
    asked: judge.asked,
    left(turn) {
      if (!isFinished(turn.topic)) judge.left(turn);
    },
    fault,
  });
  const loads: Load[] = [];
  const subscribers: Subscriber[] = [];
  const lockedOut = new Set<string>(); // users who get no further token
  const orders: Order[] = [];
  const loopsRead: { readonly tab: Tab; readonly over: Promise<void> }[] = [];
  let isHealed = false;
  let wasAway = false; // a page was put away
  let timeouts = 0; // told so far
  let wokenAt = 0; // the machine, or a page
  let wasDark = false; // a link has died unsaid, the machine slept, or a page was frozen

  for (let tab = 0; tab <= Math.max(...roles.map((role) => role.tab)); tab++) load(tab);
  for (const role of roles) if (!role.isLate) subscribe(role);
  for (const step of life.steps) {
    await take(step);
    await settle();
  }
  await heal();
  await closeAll();
  return;

  function has(name: string): boolean {
    return life.rows.includes(name);
  }

  /** Which sessions a topic may have: one for all who share, one for each who does not. */
  function sessionsOf(topic: Topic): number {
    const here = subscribers.filter(
      (one) => one.topic === topic && one.state !== 'closed' && !one.tab.isGone,
    );
    const shared = here.filter(({ role }) => role.share === 'page').length;
    const inTabs = here.filter(({ role }) => typeof role.share === 'object');
    // A tab that hangs does not know that another leads.
    const leaders = Math.min(1, inTabs.length) + inTabs.filter(({ tab }) => tab.isFrozen).length;
    const others = here.length - shared - inTabs.length;
    return Math.min(1, shared) + leaders + others;
  }

  function load(number: number, before?: Tab): void {
    const tab = browser.open({ random, fetch: server.fetch, before });
    const transports = rows.find((row) => row.transports)?.transports ?? [fetchStream, longPoll, poll];
    const client = createClient({
      transports,
      formats: [eventStream, json],
      environment: tab.environment,
    });
    loads[number] = { tab, client, wallets: new Map() };
  }

  function loadOf(tab: number): Load {
    const found = loads[tab % loads.length];
    if (!found) throw new Error('No page is loaded.');
    return found;
  }

  function subscribe(role: Role, earlier?: Subscriber): void {
    const { tab, client } = loadOf(role.tab);
    const topic = server.topic(topicKey(role.path, role.body, role.user));
    judge.begun();
    const controller = new AbortController();
    const loops: Subscriber['loops'] = [];
    const closed: Closed[] = [];
    const wishes: Subscriber['wishes'] = new Set();
    const resumed = placeOf(role, earlier);
    const rules = {
      topic,
      isWhole: () => isWhole(role),
      tellsGaps: traits.ids !== 'anew',
      from: startOf(role),
      resumed,
      isOwedState: traits.snapshot && role.share === undefined,
      fault,
    };
    const handler = createLedger(server, { ...rules, name: 'a handler' });
    const applied = createLedger(server, { ...rules, name: 'the queue' });
    const takers = [handler, applied];
    const queue = rows.some((row) => row.hasQueue) ? queueFor(applied) : undefined;
    const wallet = walletOf(role);
    const hears =
      <Told>(hear: (told: Told) => void) =>
      (told: Told): void => {
        // What waits for a promise goes on in this process. In a browser it does not.
        if (tab.isGone) return;
        if (subscriber.state === 'closed') return fault(`${topic.key}: a handler is called after the close`);
        hear(told);
      };
    const word = server.lastWordOf(topic);
    const ending = rows.find(({ ends }) => ends)?.ends;
    const options: SubscribeOptions = {
      ...(Object.assign({}, ...rows.map((row) => row.options)) as SubscribeOptions),
      ...(role.share !== undefined && { share: role.share }),
      signal: controller.signal,
      ...(role.body && { body: role.body }),
      // What tells one from another is a function, which no other page can compare.
      ...(has('resume') && { resume: { session: `${role.user} ${nameOf(role)}` } }),
      ...(role.user && { headers: wallet.headers, onUnauthorized: wallet.refresh }),
      ...(queue && { commands: queue }),
      ...(ending === 'endOn' && { endOn: word }),
      ...(ending === 'until' && { until: ({ data }: { data: unknown }) => data === word }),
      onMessage: hears(({ event, data }) => {
        handler.take(event, data);
        if (data === word && ending === 'endOn') fault('the text of endOn is delivered');
      }),
      onState: hears(({ state }) => {
        subscriber.state = state;
      }),
      onResync: hears(({ reason }) => {
        const isNeedless = reason === 'no-ids' && handler.count > 0 && isWhole(role);
        if (isNeedless) fault(`${topic.key}: a gap is told, and there are ids`);
        takers.forEach((taker) => taker.gap());
        const opened = topic.turns.filter(({ status }) => status > 0 && status !== 401).length;
        if (opened < 2) fault(`${topic.key}: a gap is told at the first open`);
      }),
      onError: hears(({ code, message }) => {
        if (!/^(network|status|timeout|content-type)$/.test(code)) fault(`${code}: ${message}`);
        if (code === 'timeout') {
          checkPatience(topic, tab, message);
          timeouts++;
        }
      }),
      onTransport: hears(({ from, to, evidence, reason }) => {
        if (from !== undefined)
          checkChange(topic, tab, `${from} > ${to}: ${String(evidence)}, ${String(reason)}`);
      }),
    };
    // The state is known before any handler can be called.
    const subscriber: Subscriber = {
      role,
      tab,
      topic,
      controller,
      handler,
      takers,
      queue,
      loops,
      closed,
      wishes,
      state: 'connecting',
      kept: resumed && earlier?.kept,
      connection: client.subscribe(`${PAGE}${role.path}`, options),
    };
    subscribers.push(subscriber);
    void subscriber.connection.closed.then((last) => {
      closed.push(last);
      if (!tab.isGone) checkClosed(subscriber, last);
    });
  }

  /** A tab that was away is told what it has missed; else nobody may miss anything that has an id. */
  function isWhole({ share }: Role): boolean {
    return traits.ids === 'kept' && (typeof share !== 'object' || !(wasAway || wasDark));
  }

  /** Between what was kept when the page was hidden and what came then; what a page knows of replays goes with it. */
  function placeOf({ share }: Role, earlier: Subscriber | undefined): LedgerRules['resumed'] {
    if (!has('resume') || traits.ids !== 'kept' || share !== undefined || earlier?.kept === undefined) {
      return undefined;
    }
    return { least: earlier.kept - traits.repeats, most: earlier.handler.last ?? earlier.kept };
  }

  /** Behind which event it begins, where that is known. */
  function startOf(role: Role): number | undefined {
    // A place that was kept may be taken by who comes next.
    if (has('resume') || traits.ids !== 'kept' || typeof role.share === 'object') return undefined;
    const joins = subscribers.some(
      (one) => one.state !== 'closed' && typeof one.role.share === typeof role.share,
    );
    return joins && role.share !== undefined ? undefined : 0;
  }

  function queueFor(applied: Ledger): CommandQueue {
    return commandQueue({
      // However slow the machine is.
      frameBudget: 1e9,
      maxQueue: 120,
      functions: {
        take(text: string) {
          applied.take('message', commandOf(text));
        },
      },
      onError: ({ code, message }) => fault(`${code}: ${message}`),
    });
  }

  /** A transport is changed on evidence, and there is none where nothing was ever wrong. */
  function checkChange(topic: Topic, tab: Tab, what: string): void {
    const streams = topic.turns.filter(
      ({ technique, endedBy }) => technique === 'stream' && endedBy !== undefined,
    );
    const isMute = streams.slice(-3).every(({ read }) => read === 0) && streams.length >= 3;
    const isAllowed =
      what.includes(': expired') ||
      // Of one that was left before, and is tried again.
      what.endsWith('ended and brought nothing') ||
      (what.includes(': mute') && (isMute || traits.way === 'killed')) ||
      (what.includes(': held') && (traits.way !== 'free' || traits.isHeadLate || traits.isEmpty || wasDark));
    const isLeftForLate = /no head|mute while/.test(what) && isLate(topic, tab);
    if (!isAllowed || isLeftForLate) fault(`${topic.key}: ${what}`);
  }

  /** It has once sent its head late, with an event: that is its way. */
  function isLate(topic: Topic, tab: Tab): boolean {
    // Each tab learns it for itself.
    if (wasDark || has('tabs')) return false;
    return traits.way === 'free' && traits.isHeadLate && latenessOf(topic, tab) >= LATE;
  }

  function latenessOf({ turns }: Topic, tab: Tab): number {
    const late = turns
      .filter((turn) => turn.read > 0 && turn.tab === tab)
      .map(({ openedAt, askedAt }) => openedAt - askedAt);
    return Math.max(0, ...late);
  }

  /** Who is known to be late is given the time for it. */
  function checkPatience(topic: Topic, tab: Tab, message: string): void {
    const now = browser.now();
    const given = topic.turns.filter(({ endedAt }) => endedAt === now).map(({ askedAt }) => now - askedAt);
    const waited = Math.max(...given);
    const isHeadless = message.startsWith('No answer');
    const isHasty =
      isHeadless && isLate(topic, tab) && waited < Math.min(SILENCE, MISSED * latenessOf(topic, tab));
    if (isHasty) fault(`${topic.key}, known to be late: ${message}`);
  }

  function checkClosed({ topic, wishes, role }: Subscriber, { reason, error }: Closed): void {
    if (wishes.has(reason)) return;
    // What never gave a head has said nothing of credentials.
    const statuses = topic.turns
      .map(({ status }) => status)
      .filter((status) => status > 0)
      .slice(-2);
    if (reason === 'done' && isFinished(topic)) return;
    const isFatal = statuses.some((seen) => FATAL.includes(seen)) || error?.code === 'content-type';
    const isLockedOut = statuses.at(-1) === 401 && (statuses[0] === 401 || lockedOut.has(role.user));
    if (reason === 'fatal' && !has('retry') && (isFatal || isLockedOut)) return;
    fault(`${topic.key} is closed: ${reason}, ${error?.message ?? 'no error'}`);
  }

  function isFinished(topic: Topic): boolean {
    const word = server.lastWordOf(topic);
    return rows.some(({ ends }) => ends) && topic.events.some(({ data }) => data === word);
  }

  async function take(step: Step): Promise<void> {
    switch (step.does) {
      case 'wait':
        return browser.advance(step.milliseconds);
      case 'sleep':
        wasDark = true;
        for (const { tab } of loads) judge.excuse(tab, step.milliseconds + 1_000);
        await browser.sleep(step.milliseconds);
        wokenAt = browser.now();
        return server.pump();
      case 'ask for retry':
        return server.askForRetry(step.milliseconds);
      case 'publish':
        return server.publish(topicOf(step.who), step.count, step.size);
      case 'finish':
        return server.finish(topicOf(step.who));
      case 'deafen':
        wasDark = true;
        return server.deafen();
      case 'cut':
      case 'end':
      case 'expire':
        return server[step.does]();
      case 'meet':
        if (step.fate.kind === 'mute') wasDark = true;
        return server.meet(step.fate);
      case 'order':
        return order();
      case 'withdraw':
        return orders.at(-1)?.controller.abort();
      case 'page':
        return tell(loadOf(step.tab).tab, step.event);
      case 'reload':
        return reload(step.tab % loads.length, step.last);
      case 'crash':
        return crash(loadOf(step.tab).tab);
      case 'lock out':
        lockedOut.add(roleOf(step.who).user);
        return;
      case 'join':
        return join(step.who);
      case 'user':
        return use(step.who, step.act);
    }
  }

  async function tell(tab: Tab, event: Parameters<Tab['tell']>[0]): Promise<void> {
    if (tab.isGone) return;
    // In the order in which browsers do it.
    const { isFrozen, isStored, isHidden } = tab;
    const isPossible = {
      visible: isHidden && !isFrozen && !isStored,
      hidden: !isHidden && !isFrozen && !isStored,
      stored: !isFrozen && !isStored,
      restored: isStored,
      frozen: isHidden && !isFrozen && !isStored,
      resumed: isFrozen,
      online: !isFrozen && !isStored,
      activated: false,
    };
    if (!isPossible[event]) return;
    if (event === 'restored' || event === 'resumed') wokenAt = browser.now();
    if (event === 'stored' || event === 'restored' || event === 'resumed') judge.excuse(tab);
    else if (event === 'visible' || event === 'online') judge.wake(tab);
    if (event === 'stored') wasAway = true;
    if (event === 'frozen') {
      wasDark = true;
      if (has('tabs')) judge.excuse(tab);
    }
    if (event === 'hidden' || event === 'stored' || event === 'frozen') keep(tab);
    await tab.tell(event);
    server.pump();
  }

  function keep(tab: Tab): void {
    for (const one of subscribers) if (one.tab === tab) one.kept = one.handler.last ?? one.kept;
  }

  async function reload(number: number, last: 'stored' | 'frozen' | 'hidden'): Promise<void> {
    const { tab } = loadOf(number);
    if (tab.isGone) return;
    const here = subscribers.filter((one) => one.tab === tab && one.state !== 'closed');
    await tell(tab, 'hidden');
    if (last !== 'hidden') await tell(tab, last);
    await crash(tab);
    load(number, tab);
    for (const one of here) subscribe(one.role, one);
  }

  async function crash(tab: Tab): Promise<void> {
    for (const { tab: other } of loads) judge.excuse(other, 3_000);
    await tab.crash();
    server.pump();
  }

  function roleOf(who: number): Role {
    return roles[who % roles.length] ?? ALONE;
  }

  /** Those who share are one. */
  function nameOf(role: Role): string {
    const isApart = role.share === false || (role.isLate && role.share === undefined);
    return isApart ? String(roles.indexOf(role)) : '';
  }

  function topicOf(who: number): Topic {
    const { path, body, user } = roleOf(who);
    return server.topic(topicKey(path, body, user));
  }

  function join(who: number): void {
    const role = roleOf(who);
    const { tab } = loadOf(role.tab);
    const isIn = subscribers.some((one) => one.role === role && one.tab === tab && one.state !== 'closed');
    if (!isIn && !tab.isGone && !tab.isFrozen && !tab.isStored) subscribe(role);
  }

  function use(who: number, act: Act): void {
    const role = roleOf(who);
    const subscriber = subscribers.filter((one) => one.role === role).at(-1);
    if (!subscriber || subscriber.tab.isGone || subscriber.tab.isFrozen || subscriber.tab.isStored) return;
    const { connection, controller, loops, queue, wishes, tab } = subscriber;
    if (act === 'loop') {
      const loop = connection[Symbol.asyncIterator]();
      loops.push(loop);
      loopsRead.push({ tab, over: read(subscriber, loop) });
    } else if (act === 'pause') queue?.pause();
    else if (act === 'go on') queue?.resume();
    else {
      for (const load of loads) judge.excuse(typeof role.share === 'object' ? load.tab : tab, 0);
      if (act === 'close' || act === 'leave') wishes.add('user');
      if (act === 'abort') wishes.add('abort');
      if (act === 'close' || act === 'reconnect') connection[act]();
      else if (act === 'abort') controller.abort();
      else void loops.pop()?.return?.();
    }
  }

  async function read(subscriber: Subscriber, loop: AsyncIterator<unknown>): Promise<void> {
    const { topic, tab, handler, takers } = subscriber;
    const ledger = createLedger(server, {
      name: 'a loop',
      topic,
      isWhole: () => isWhole(subscriber.role),
      tellsGaps: traits.ids !== 'anew',
      from: traits.ids === 'kept' ? handler.last : undefined,
      resumed: undefined,
      isOwedState: false,
      fault,
    });
    const begun = handler.count;
    takers.push(ledger);
    try {
      for (let count = 1; ; count++) {
        const next: IteratorResult<unknown, unknown> = await loop.next();
        if (next.done) return;
        // What a server ended is given whole; what its user ended is over.
        const isEnded = subscriber.wishes.has('user') || subscriber.wishes.has('abort');
        if (isEnded) fault(`${topic.key}: a loop is given something after the close`);
        const { event, data } = next.value as { event: string; data: unknown };
        ledger.take(event, data);
        const lag = handler.count - begun - ledger.count;
        const isStream = topic.turns.every(({ technique }) => technique === 'stream');
        if (isStream && lag > MOST_BEHIND) fault(`${topic.key}: a loop is ${lag} messages behind`);
        if (count % BATCH === 0 && !isHealed) await pause(tab);
      }
    } catch (error) {
      if (!subscriber.closed.some((last) => last.error === error)) fault(`a loop threw ${String(error)}`);
    }
  }

  function pause(tab: Tab): Promise<void> {
    return new Promise((resolve) => browser.after(PAUSE, () => tab.run(resolve)));
  }

  function walletOf({ user, tab }: Role): Wallet {
    const page = loadOf(tab);
    const wallet = page.wallets.get(user) ?? createWallet(user, page.tab);
    page.wallets.set(user, wallet);
    return wallet;
  }

  /** A token of one user, which is fetched anew when it has expired. */
  function createWallet(owner: string, tab: Tab): Wallet {
    let number = 0;
    let isAsked = false;
    return {
      headers: () => ({ authorization: `${owner}#${number}` }),
      async refresh(): Promise<void> {
        if (!server.hasRefused(owner)) fault(`${owner} is asked for credentials, and was not refused`);
        if (isAsked) fault(`${owner} is asked for credentials twice at a time`);
        isAsked = true;
        await new Promise<void>((resolve) => browser.after(REFRESH, () => tab.run(resolve)));
        isAsked = false;
        if (lockedOut.has(owner)) throw new Error('locked out');
        number = server.tokenOf(owner);
      },
    };
  }

  function order(): void {
    const { client, tab } = loadOf(0);
    if (tab.isGone || tab.isFrozen || tab.isStored) return;
    const what = `order ${orders.length + 1}`;
    const { user } = roleOf(0);
    const controller = new AbortController();
    const { headers, refresh } = walletOf(roleOf(0));
    const exchange = client.request(`${PAGE}/orders`, {
      body: what,
      signal: controller.signal,
      ...(has('upload') && {
        onUploadProgress() {
          if (controller.signal.aborted) fault(`${what}: progress after the abort`);
        },
      }),
      ...(user && { headers, onUnauthorized: refresh }),
    });
    const outcome = exchange.then(
      ({ messages }) => messages.map(({ data }) => String(data)).join(),
      (error: unknown) => `failed: ${String(error)}`,
    );
    orders.push({ what, outcome, controller });
  }

  async function settle(): Promise<void> {
    await browser.settle();
    checkDead();
    checkSizes();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** A dead link is noticed where the rhythm of the server is known; and so is one that never gave a head. */
  function checkDead(): void {
    for (const { topic, state, tab, queue } of subscribers) {
      if (state === 'closed' || tab.isGone || tab.isFrozen || tab.isStored) continue;
      // While we do not read, no clock of the server's runs.
      if (queue?.ready() ?? has('slow loop')) continue;
      for (const turn of topic.turns) {
        if (turn.tab !== tab || turn.state === 'over' || !turn.isDeaf || turn.technique !== 'stream')
          continue;
        const isMute = turn.state === 'asked' && !traits.isHeadLate;
        // What the machine sleeps through counts from when it wakes up.
        const isHeard = traits.heartbeat > 0 && !/held|head/.test(traits.way);
        const isKnown = isHeard && turn.heard > 3;
        // It doubles with each silence, until the rhythm is heard again.
        const patience = Math.max(SILENCE, MISSED * topic.longestWait) * 2 ** timeouts;
        const longest = isMute ? HEAD : isKnown ? patience : Infinity;
        const since =
          browser.now() - Math.max(wokenAt, isMute ? turn.askedAt : Math.max(turn.deafAt, turn.lastRead));
        if (since > longest + 1_000) fault(`${topic.key}: a dead link is not noticed for ${since} ms`);
      }
    }
  }

  /** What keeps its text is opened anew in time. */
  function checkSizes(): void {
    if (!has('rotation') || traits.ids !== 'kept') return;
    for (const turn of server.topics.flatMap(({ turns }) => turns)) {
      if (turn.readSize > MOST_KEPT) fault(`${turn.topic.key}: ${turn.readSize} characters are kept`);
    }
  }

  /** Network, server and pages are well again: everyone who is left gets everything. */
  async function heal(): Promise<void> {
    isHealed = true;
    server.heal();
    await browser.advance(31_000);
    for (const { tab } of loads)
      for (const event of ['resumed', 'restored', 'visible', 'online'] as const) await tell(tab, event);
    for (const { queue } of subscribers) queue?.resume();
    await waitFor(isOpen, 60_000);
    // Of a server without ids nobody gets what came between two connections.
    for (let time = 0; time < (traits.ids === 'kept' ? 1 : 20); time++) {
      for (const topic of server.topics) server.publish(topic);
      await waitFor(isWell, traits.ids === 'kept' ? RECOVERY : 17_300);
      if (subscribers.every(isWell)) break;
    }
    for (const one of subscribers) {
      const { topic, handler, state } = one;
      if (!isWell(one))
        fault(`${topic.key} has not recovered: ${state}, ${String(handler.last)} of ${topic.events.length}`);
      checkRead(one);
    }
    await settle();
  }

  async function waitFor(isSo: (one: Subscriber) => boolean, longest: number): Promise<void> {
    const end = browser.now() + longest;
    while (!subscribers.every(isSo) && browser.now() < end) await browser.advance(1_000);
    await settle();
  }

  function isOpen({ state, tab }: Subscriber): boolean {
    return state === 'closed' || state === 'open' || tab.isGone;
  }

  function isWell(one: Subscriber): boolean {
    const { state, tab, handler, topic, role } = one;
    if (lockedOut.has(role.user)) return true;
    // Nothing brings a session back that its server has ended, however often the caller wants to ask.
    if (state === 'closed' || tab.isGone || topic.isOver || isForgone(one)) return true;
    return handler.last === topic.events.length;
  }

  /** Behind what holds streams back, where a question beside one was refused, or seems to have ended it: it is not asked again. */
  function isForgone({ connection }: Subscriber): boolean {
    if (traits.way !== 'head' && traits.way !== 'held') return false;
    const beside = /beside it is stopped: complete|failed beside it: (?:status|failed)/;
    return connection.trace.some(({ what, detail }) => what === 'beside' && beside.test(detail));
  }

  /** What was read has been delivered, where nobody else can have read it. */
  function checkRead({ topic, handler, closed }: Subscriber): void {
    const isAlone = subscribers.filter((one) => one.topic === topic).length === 1;
    if (!isAlone || closed.length > 0 || traits.ids === 'kept') return;
    // What one that was tried beside another has read is known by the other.
    const turns = topic.turns.filter(({ technique }) => technique === 'stream');
    const read = turns.reduce((sum, turn) => sum + turn.read, 0);
    if (turns.length === topic.turns.length && read !== handler.count)
      fault(`${topic.key}: ${read} events were read, ${handler.count} delivered`);
  }

  /** Closing means closed. */
  async function closeAll(): Promise<void> {
    for (const one of subscribers) {
      if (one.tab.isGone) continue;
      judge.excuse(one.tab);
      one.wishes.add('user');
      one.connection.close();
    }
    await browser.advance(5_000);
    server.stop();
    const outcomes = await Promise.all(orders.map(({ outcome }) => outcome));
    orders.forEach(({ what }, index) => {
      const whole = ['taken', 'packed', 'sent'].map((word) => `${word} ${what}`).join();
      const sent = server.orders.get(what) ?? 0;
      const outcome = outcomes[index] ?? '';
      if (outcome !== whole && !outcome.startsWith('failed')) fault(`${what} was answered with ${outcome}`);
      if (sent > 1 || (outcome === whole && sent !== 1)) fault(`${what} was sent ${sent} times`);
    });
    const { left } = browser;
    for (const [what, count] of Object.entries(left)) if (count > 0) fault(`${count} ${what} are left`);
    const liveTurns = (): number =>
      server.topics.flatMap(({ turns }) => turns).filter(({ state, tab }) => state !== 'over' && !tab.isGone)
        .length;
    if (liveTurns() > 0) fault(`${liveTurns()} requests are left`);
    const asked = server.topics.reduce((sum, { turns }) => sum + turns.length, 0);
    for (const { connection, tab } of subscribers) if (!tab.isGone) connection.reconnect();
    for (const { tab } of loads) {
      for (const event of ['hidden', 'stored', 'restored', 'visible', 'online'] as const)
        await tell(tab, event);
    }
    await browser.advance(600_000);
    if (server.topics.reduce((sum, { turns }) => sum + turns.length, 0) > asked)
      fault('a request after the close');
    // The code of a page that is gone never goes on.
    await Promise.all(loopsRead.filter(({ tab }) => !tab.isGone).map(({ over }) => over));
    for (const { closed, tab, topic } of subscribers) {
      if (!tab.isGone && closed.length !== 1) fault(`${topic.key} was closed ${closed.length} times`);
    }
    await settle();
  }
}
