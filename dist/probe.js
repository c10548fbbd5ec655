import { b2 as shownUrl, b7 as formatsFor, b8 as pickFormat, b as eventStream, j as jsonLines, d as json, s as scriptTags, f as text, D as DEFAULTS, b9 as utf8Decoder, aN as carriesMessages, aQ as EXCERPT_LENGTH$2, aa as refuseUnknown, ba as isJson, E as EnckeError, aL as onPolicyViolation, a9 as call, bb as browserEnvironment } from './shared-index.js';

// What is wrong with the text of an event stream that gives no message.
const FIELD_LINE = /^(:|(data|event|id|retry)(:|$))/;
const DATA_LINE = /^data(:|$)/;
function findTextFault({ format, looksLike, messages, beginning }) {
    if (messages > 0 || (format !== 'event-stream' && looksLike !== 'event-stream'))
        return undefined;
    const lines = beginning.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
    // The last may be half a line.
    const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
    if (/^data:.*\\n/.test(beginning))
        return 'escaped';
    if (whole.some((line) => line !== '' && !FIELD_LINE.test(line)))
        return 'strange-lines';
    return whole.some((line) => DATA_LINE.test(line)) ? 'no-blank-line' : undefined;
}

// How figures read in sentences.
const SECOND = 1_000;
const KILOBYTE = 1_000;
/** `38 ms`, `3.0 s` */
function time(milliseconds) {
    return milliseconds < SECOND ? `${Math.round(milliseconds)} ms` : `${(milliseconds / SECOND).toFixed(1)} s`;
}
/** `62 bytes`, `8.2 kB` */
function size(bytes) {
    return bytes < KILOBYTE ? count(bytes, 'byte') : `${(bytes / KILOBYTE).toFixed(1)} kB`;
}
/** `1 message`, `2 messages` */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

// Whether something on the way collects the stream before it passes it on: what the figures prove, and what they do not.
/** Bytes of the smallest buffer that is common among proxies: what is below has passed none. */
const SMALLEST_BUFFER = 4_096;
/** Chunks that came within this time came at once. Milliseconds. */
const AT_ONCE = 100;
/** A silence that no network explains. Milliseconds. */
const PAUSE = 500;
/** What comes later than this after its request may have been waited for. Milliseconds. */
const LATE = 1_000;
/** What comes within this time of one another has been a tie. Milliseconds. */
const TIE = 250;
/** So many messages at once are a batch. */
const BATCH = 4;
/** The first that has something to say decides. */
const RULES = [
    overtaken,
    nothingToJudge,
    cutInside,
    knownLength,
    heldToTheEnd,
    heldAtFirst,
    inBatches,
    mute,
    inOneGo,
];
function judgeBuffering(facts) {
    const bursts = burstsOf(facts.chunks);
    for (const rule of RULES) {
        const judgement = rule(facts, bursts);
        if (judgement)
            return judgement;
    }
    const [first] = facts.chunks;
    const span = (facts.chunks.at(-1)?.at ?? 0) - (first?.at ?? 0);
    return no(`${count(facts.chunks.length, 'chunk')} came one by one over ${time(span)}.`);
}
/** When a long poll beside it brought its first message, in milliseconds after the request of the stream. */
function besideBrought({ beside }) {
    const first = beside?.said.firstMessageAfter;
    if (!beside || first === undefined)
        return undefined;
    // A server that does not know long polling has opened a second stream.
    const answered = beside.ending === 'complete' || beside.said.format === 'json';
    return answered ? beside.asked + first : undefined;
}
function overtaken(facts) {
    const { beside, firstByteAfter = Infinity, listened } = facts;
    const brought = besideBrought(facts);
    if (!beside || brought === undefined || firstByteAfter < brought + TIE)
        return undefined;
    const mute = Math.min(firstByteAfter, listened);
    return yes(`A long poll beside it brought a message after ${time(brought - beside.asked)}; the stream had brought nothing in ${time(mute)}.`);
}
function nothingToJudge(facts) {
    const { head, said } = facts;
    if (!head)
        return notSeen('There was no response to judge by.');
    if (head.status < 200 || head.status > 299)
        return notSeen('A refusal is no stream.');
    if (facts.chunks.length > 0 && !isStream(facts)) {
        return notSeen(said.format === 'json' ? 'A whole answer is no stream.' : 'What came is no stream.');
    }
    if (findTextFault(said))
        return notSeen('What came is no message.');
    return undefined;
}
/** A server writes whole messages: who stops inside one waits for a buffer to be full. */
function cutInside({ ending, listened }, bursts) {
    let bytes = 0;
    for (const [index, burst] of bursts.entries()) {
        bytes += burst.bytes;
        const next = bursts[index + 1]?.start ?? (ending === 'open' ? listened : 0);
        if (burst.whole || next - burst.end < PAUSE)
            continue;
        const because = `After ${size(bytes)} it paused for ${time(next - burst.end)} inside a line.`;
        const blocks = bytes % SMALLEST_BUFFER === 0;
        return blocks ? yes(`${because} That is a multiple of 4,096 bytes, as buffers are.`) : likely(because);
    }
    return undefined;
}
function knownLength({ head, chunks }) {
    const length = head?.headers['content-length'];
    if (length === undefined || chunks.length === 0)
        return undefined;
    return yes(`Its length was known before it began (Content-Length: ${length}): it was collected whole.`);
}
function heldToTheEnd({ ending, said, firstByteAfter = 0 }, bursts) {
    if (ending === 'open' || !atOnce(bursts))
        return undefined;
    if (said.messages < 2 || firstByteAfter < LATE) {
        return notSeen(`All of it came at once, after ${time(firstByteAfter)}.`);
    }
    return likely(`All ${count(said.messages, 'message')} and the end came at once, after ${time(firstByteAfter)}.`);
}
function heldAtFirst({ head, firstByteAfter = 0 }, [first]) {
    const waited = firstByteAfter - (head?.after ?? 0);
    if (!first || waited < LATE || first.messages < BATCH)
        return undefined;
    return likely(`The first ${count(first.messages, 'message')} came at once, ${time(waited)} after the head.`);
}
function inBatches({ head }, [, ...later]) {
    if (later.length < 2 || !later.every(({ messages }) => messages >= BATCH))
        return undefined;
    const because = `Messages come in batches of ${Math.min(...later.map(({ messages }) => messages))} or more.`;
    return encodingOf(head)
        ? likely(`${because} A compressor (${encodingOf(head) ?? ''}) collects text before it passes it on.`)
        : notSeen(`${because} The server may well write them so.`);
}
function mute({ chunks, head, listened, beside }) {
    if (chunks.length > 0)
        return undefined;
    const encoding = encodingOf(head);
    if (encoding)
        return likely(`Nothing came in ${time(listened)}, and a compressor (${encoding}) collects text before it passes it on.`);
    const compared = beside ? ', nor by a long poll beside it' : '';
    return notSeen(`Nothing came in ${time(listened)}${compared}: the server may have had nothing to say.`);
}
function inOneGo({ head }, bursts) {
    const first = atOnce(bursts);
    if (!first)
        return undefined;
    if (first.bytes < SMALLEST_BUFFER && !encodingOf(head)) {
        return no(`${size(first.bytes)} came through while the response was open: nothing waits for more.`);
    }
    return notSeen(`${size(first.bytes)} came at once, and nothing after that.`);
}
function burstsOf(chunks) {
    const bursts = [];
    for (const { at, bytes, messages, whole } of chunks) {
        const last = bursts.at(-1);
        const joins = last && at - last.end < AT_ONCE;
        if (joins)
            bursts.pop();
        const before = joins ? last : { start: at, bytes: 0, messages: 0 };
        bursts.push({
            start: before.start,
            end: at,
            bytes: before.bytes + bytes,
            messages: before.messages + messages,
            whole,
        });
    }
    return bursts;
}
/** All that came, where it came at once. */
function atOnce(bursts) {
    const [first, second] = bursts;
    return first && !second && first.end - first.start <= AT_ONCE ? first : undefined;
}
/** Whether what came is in a format that streams. */
function isStream({ said }) {
    return (said.looksLike === 'event-stream' ||
        (said.format !== undefined && said.format !== 'json' && !said.looksLike));
}
/** How it is compressed; `undefined` where it is not. */
function encodingOf(head) {
    const encoding = head?.headers['content-encoding'];
    return encoding === 'identity' ? undefined : encoding;
}
function yes(because) {
    return { answer: 'yes', because };
}
function likely(because) {
    return { answer: 'likely', because };
}
function no(because) {
    return { answer: 'no', because };
}
function notSeen(because) {
    return { answer: 'not-seen', because };
}

// What keeps a stream back in servers that name themselves, and how it is switched off.
const KNOWN = [
    [
        /nginx|openresty/i,
        'nginx: X-Accel-Buffering: no is enough. Without it: proxy_buffering off (or fastcgi_buffering, uwsgi_buffering) and gzip off for this location.',
    ],
    [/apache/i, 'Apache: flushpackets=on in its ProxyPass, and SetEnv no-gzip 1 for this path.'],
    [/\bIIS\b|\bARR\b/, 'IIS: responseBufferLimit="0" in the handler.'],
    [/express/i, 'Express with compression: res.flush() after each message.'],
    [/php/i, 'PHP: end its output buffers (ob_end_flush), and call flush() after each message.'],
    [/PasteWSGI/, 'Pylons: take ErrorHandler out of config/middleware.py, or set debug = false.'],
    [/next\.js/i, 'Next.js: compress: false.'],
];
function knownServerAdvice({ head, beside, root }) {
    const { headers = {} } = head ?? beside?.head ?? root?.head ?? {};
    const { server = '', via = '', 'x-powered-by': poweredBy = '' } = headers;
    const names = `${server} ${via} ${poweredBy}`;
    return KNOWN.flatMap(([name, advice]) => (name.test(names) ? [advice] : []));
}

// What to do where something holds the stream back.
function holdingAdvice(facts) {
    const { verdict, head, beside, buffered } = facts;
    if (verdict !== 'held')
        return [];
    const { via, ...headers } = head?.headers ?? {};
    const advice = [
        compressorAdvice(head),
        headers['content-length'] && 'Write each message when it is there, and set no Content-Length.',
        ...headerAdvice(facts),
        via && `Ask who runs the proxy that calls itself “${via}” to pass the stream on at once.`,
        beside &&
            buffered.answer === 'yes' &&
            'Until then take long polling, which works here: subscribe falls back to it by itself.',
    ];
    return advice.filter((each) => Boolean(each));
}
function compressorAdvice(head) {
    const encoding = encodingOf(head);
    return (encoding &&
        `Do not compress the stream (it is ${encoding} now), or flush the compressor after each message.`);
}
/** What a server can say to those on the way. */
function headerAdvice(facts) {
    // nginx takes it for itself: where it can be seen, no nginx has had it.
    const accel = facts.head?.headers['x-accel-buffering'] ? '' : 'X-Accel-Buffering: no and ';
    return [
        `Send ${accel}Cache-Control: no-cache, no-transform with the stream, and flush after each message.`,
        ...knownServerAdvice(facts),
    ];
}

// What to do where there was no response.
const ADVICE$1 = {
    'content-security-policy': ({ url }) => `The page's own content security policy forbids the request. Add ${new URL(url).origin} to its connect-src.`,
    'mixed-content': () => 'The page is https and the stream http, which browsers block. Serve the stream over https.',
    offline: () => 'The browser is offline. Connect it, and probe again.',
    redirect: () => 'The server redirects the request to a place that does not answer this page: often a login. Log in, or send what the server knows you by. Let it answer 401 there, not a redirect.',
    preflight: ({ method, ownHeaders }) => `The browser asks the server first whether these headers may be sent, by OPTIONS, and gets no permission. ${permit(method, ownHeaders)}`,
    cors: ({ origin = '', credentials, method, ownHeaders }) => {
        const advice = [
            `The server answers, but does not let this page read it. Send Access-Control-Allow-Origin: ${origin}, with refusals too.`,
        ];
        if (credentials === 'include')
            advice.push('Send Access-Control-Allow-Credentials: true; a * does not do then.');
        if (method !== 'GET' || ownHeaders.length > 0)
            advice.push(permit(method, ownHeaders));
        return advice.join(' ');
    },
    'no-connection': ({ url }) => `Open ${url} in a tab of its own. If nothing is there: the server is down, or the host, the port or the certificate is wrong. If something is: an extension blocks the request, or the server breaks it off.`,
};
function obstacleAdvice(facts) {
    return facts.obstacle && ADVICE$1[facts.obstacle](facts);
}
function permit(method, headers) {
    const allowed = headers.length > 0 ? ` and Access-Control-Allow-Headers: ${headers.join(', ')}` : '';
    return `Answer OPTIONS with 204, Access-Control-Allow-Origin, Access-Control-Allow-Methods: ${method}${allowed}.`;
}

// What a status that carries no messages asks for.
const LATER = 'The server asks to come later, or less often.';
const ADVICE = {
    204: 'The server says that nothing will come, and clients stop. Answer 200, and keep the response open.',
    205: 'The server says that nothing will come, and clients stop. Answer 200, and keep the response open.',
    401: 'The server asks who you are. Log in, or send what it knows you by: an authorization header, or cookies (credentials: "include" on another origin).',
    403: 'The server knows what you ask for, and forbids it: another user is needed, a token against request forgery is missing, or a firewall has a rule.',
    404: 'Nothing is there. Check the path, and whether a proxy in front sends it to the right server.',
    405: 'The server takes another method there.',
    406: 'The server has none of the types that were asked for. Let it send text/event-stream, or set the header accept.',
    410: 'What was there is gone for good.',
    429: LATER,
    500: 'The server failed. Its log says why.',
    502: 'A proxy gets no answer from the server behind it. Is that running?',
    503: LATER,
    504: 'A proxy has waited too long for the server behind it. Let that send the head at once, before the first message.',
};
function statusAdvice({ verdict, head }) {
    if (verdict !== 'refused' || !head)
        return undefined;
    const { status, headers } = head;
    const retry = headers['retry-after'] ? ` It says Retry-After: ${headers['retry-after']}.` : '';
    const asked = headers['www-authenticate']
        ? ` It says WWW-Authenticate: ${headers['www-authenticate']}.`
        : '';
    const other = status < 500 ? 'The server does not want this request. See how its answer begins.' : ADVICE[500];
    return `${ADVICE[status] ?? other ?? ''}${retry}${asked}`;
}

// What to do about it, the most important first.
/** A silence in which a heartbeat should have come. Milliseconds. */
const LONG_SILENCE = 20_000;
/** Each says what it has to say, or nothing. */
const ADVISERS = [
    obstacleAdvice,
    statusAdvice,
    aboutPage,
    aboutText,
    aboutCache,
    holdingAdvice,
    aboutServiceWorker,
    aboutSilence,
    aboutEnding,
    aboutIds,
    aboutHeartbeat,
    aboutCacheControl,
];
function adviseOn(facts) {
    return ADVISERS.flatMap((advise) => advise(facts) ?? []);
}
function aboutPage({ verdict, head, said }) {
    if (verdict !== 'page' || !head)
        return undefined;
    const title = /<title>([^<]*)/i.exec(said.beginning)?.[1]?.trim();
    const what = title ? `A page came, “${title}”` : 'A page came';
    return head.redirected
        ? `${what}, from ${head.url}, where the server sent the request: often a login. Log in, or send what the server knows you by. Let it answer 401 there, not a redirect.`
        : `${what}. Check the path: many servers answer one they do not know with their start page, and one they do not let you see with a login.`;
}
const TEXT_FAULTS = {
    escaped: 'Its line ends are a backslash and an n. Write real ones: in PHP that takes double quotes.',
    'strange-lines': 'A message is a line that begins with “data:”, without a space before it, and an empty line behind it. Other lines are passed over.',
    'no-blank-line': 'Nothing ends its messages. Write an empty line behind each: two line ends after the data.',
};
function aboutText(facts) {
    const { verdict, said, head } = facts;
    if (verdict !== 'unreadable')
        return undefined;
    const type = head?.headers['content-type'] ?? 'a body without a Content-Type';
    const advice = [];
    if (said.looksLike === 'event-stream') {
        advice.push(`It looks like an event stream, but is sent as ${type}. Send Content-Type: text/event-stream.`);
    }
    else if (said.format === undefined) {
        advice.push(`Nothing reads ${type}. Send Content-Type: text/event-stream, or application/x-ndjson for lines of JSON.`);
    }
    const fault = findTextFault(said);
    return fault ? [...advice, TEXT_FAULTS[fault]] : [...advice, ...said.problems];
}
function aboutCache({ head }) {
    const { age = '0', 'x-cache': cache = '', 'cf-cache-status': status = '' } = head?.headers ?? {};
    const cached = Number(age) > 0 || /\bhit\b/i.test(`${cache} ${status}`);
    return cached ? 'It came out of a cache. Send Cache-Control: no-store.' : undefined;
}
function aboutServiceWorker({ verdict, serviceWorker }) {
    const concerned = verdict === 'held' || verdict === 'silent' || verdict === 'cut';
    if (!concerned || serviceWorker === 'none' || serviceWorker === 'not-seen')
        return undefined;
    return 'A service worker is in the way. Let its fetch handler return without respondWith for this URL, and probe again.';
}
function aboutSilence(facts) {
    const { verdict, head, root } = facts;
    if (verdict !== 'silent')
        return undefined;
    if (!head && !root?.head)
        return [BUSY];
    return [
        ...(head ? [] : [WAITING]),
        'When a stream opens, send its head and a comment (a line that is a colon, and an empty line), and another comment every 15 s. A stream that is held can then be told from one that has nothing to say.',
        ...headerAdvice(facts),
        'Probe again, while something is sent.',
    ];
}
const BUSY = 'The server answers nothing else either. It hangs; or other tabs have taken the six connections that a browser opens to a host over HTTP/1.1: close them, and probe again.';
const WAITING = 'The server answers other requests, but not this one: nothing has been written yet, or something on the way holds back the head, too.';
function aboutEnding({ verdict, listened, said, method, head, chunks }) {
    // One exchange ends when it is done.
    if (verdict === 'ended' && method !== 'GET')
        return undefined;
    // A compressor that ends with each piece has browsers end after the first.
    if (verdict === 'ended' && chunks.length === 1 && encodingOf(head))
        return compressorAdvice(head);
    const ended = {
        ended: `The server ended it after ${time(listened)}. Where more is to come, keep the response open: each end costs a new connection.`,
        cut: `It broke off after ${time(listened)}: a limit of the server or of a proxy, or a crash. Look at their logs; send a comment every 15 s, so that it is never silent.`,
        answered: said.format === 'json'
            ? 'To have news at once, let the server stream text/event-stream; or poll it: transports: [poll].'
            : 'Let the server send something: the answer was empty.',
    };
    return ended[verdict];
}
function aboutIds(facts) {
    const { said } = facts;
    if (said.messages === 0 || said.withId > 0 || !isStream(facts))
        return undefined;
    return 'Give each message an id: without ids, what is sent while a connection is made again is lost.';
}
function aboutHeartbeat({ verdict, said, gaps, listened, chunks }) {
    const silence = Math.max(gaps?.max ?? 0, listened - (chunks.at(-1)?.at ?? 0));
    if (verdict !== 'live' || said.heartbeats.length > 0 || silence < LONG_SILENCE)
        return undefined;
    return `Nothing came for ${time(silence)}. Send a comment every 15 s: proxies end what is silent for long.`;
}
function aboutCacheControl(facts) {
    const open = facts.verdict === 'live' && facts.method === 'GET';
    const missing = open && isStream(facts) && facts.head?.headers['cache-control'] === undefined;
    return missing
        ? 'Send Cache-Control: no-cache, no-transform, so that nobody keeps or changes the stream.'
        : undefined;
}

// The outcome in one word.
/** What the words mean, for the first line of the text. */
const VERDICTS = {
    live: 'the stream is open, and what is sent comes through.',
    held: 'something on the way holds the stream back.',
    silent: 'nothing came, and nothing tells why.',
    answered: 'a whole answer came, as polls have it.',
    ended: 'the server ended the stream.',
    cut: 'the response broke off.',
    unreadable: 'what came cannot be read as messages.',
    page: 'a page came instead of a stream.',
    refused: 'the server refused.',
    blocked: 'this page may not have the response.',
    unreachable: 'no server answered.',
};
function decideVerdict(facts, { answer }) {
    const { head, said, ending, chunks, obstacle } = facts;
    const held = answer === 'yes' || answer === 'likely';
    if (ending === 'failed') {
        return obstacle === 'no-connection' || obstacle === 'offline' ? 'unreachable' : 'blocked';
    }
    if (!head)
        return held ? 'held' : 'silent';
    if (isRefusal(head.status))
        return 'refused';
    if (said.looksLike === 'html')
        return 'page';
    if (isUnreadable(facts))
        return 'unreadable';
    if (held)
        return 'held';
    if (ending === 'cut')
        return 'cut';
    if (ending === 'complete')
        return isStream(facts) ? 'ended' : 'answered';
    return chunks.length > 0 ? 'live' : 'silent';
}
/** Whether such a status carries no messages. */
function isRefusal(status) {
    return status < 200 || status > 299 || status === 204 || status === 205;
}
function isUnreadable({ said, chunks }) {
    if (chunks.length === 0)
        return false;
    const nothingRead = said.messages === 0 && said.problems.length > 0;
    return (said.format === undefined ||
        said.looksLike !== undefined ||
        nothingRead ||
        findTextFault(said) !== undefined);
}

// The report as text.
const LABEL_WIDTH = 16;
const EXCERPT_LENGTH$1 = 80;
const NOT_SEEN = 'not seen';
/** What has nothing to say is left out. */
const ROWS = [
    ['answer', answer],
    ['redirected', ({ head }) => (head?.redirected ? `to ${shownUrl(head.url)}` : undefined)],
    ['headers', headers],
    ['protocol', protocol],
    ['service worker', ({ serviceWorker }) => SERVICE_WORKER[serviceWorker]],
    ['head', ({ head }) => head && `after ${time(head.after)}`],
    ['first byte', firstByte],
    ['chunks', chunks],
    ['messages', messages],
    ['heartbeat', heartbeat],
    ['ids', ids],
    ['retry', ({ said }) => (said.retry === undefined ? undefined : time(said.retry))],
    ['end', ({ ending, listened }) => ENDINGS[ending]?.(time(listened))],
    ['it begins', beginning],
    ['long poll', longPoll],
    ['other requests', otherRequests],
    ['buffered', bufferedLine],
];
const SERVICE_WORKER = {
    handled: 'this request went through it',
    present: 'controls this page, and may have had this request',
    none: 'none in the way',
    'not-seen': NOT_SEEN,
};
const ENDINGS = {
    open: (listened) => `still open after ${listened}`,
    complete: (listened) => `ended by the server after ${listened}`,
    cut: (listened) => `broke off after ${listened}`,
};
function linesOf(report) {
    const { verdict, method, url, advice } = report;
    const rows = ROWS.flatMap(([label, tell]) => {
        const value = tell(report);
        return value === undefined ? [] : [label.padEnd(LABEL_WIDTH) + value];
    });
    const steps = advice.map((step, index) => `${index + 1}. ${step}`);
    const end = steps.length > 0 ? ['What to do', ...steps] : ['Nothing to do.'];
    return [`${method} ${shownUrl(url)}`, `${verdict}: ${VERDICTS[verdict]}`, '', ...rows, '', ...end].join('\n');
}
function answer({ head, said, verdict, obstacle, listened }) {
    if (!head)
        return `none${obstacle ? `: ${obstacle}` : ` in ${time(listened)}`}`;
    const type = head.headers['content-type'] ?? 'without a content type';
    if (verdict === 'refused')
        return `${head.status}, ${type}`;
    const read = said.format === undefined ? 'which nothing reads' : `read as ${said.format}`;
    return `${head.status}, ${type}, ${read}`;
}
function headers({ head, crossOrigin }) {
    if (!head)
        return undefined;
    const shown = Object.entries(head.headers).filter(([name]) => name !== 'content-type');
    const list = shown.map(([name, value]) => `${name}: ${value}`).join(' · ') || 'none that tell anything';
    return crossOrigin ? `${list} (others may be hidden from another origin)` : list;
}
function protocol({ protocol: name, head }) {
    if (!head)
        return undefined;
    return name === 'http/1.1'
        ? `${name}, six connections to a host for all tabs together`
        : (name ?? NOT_SEEN);
}
function firstByte({ head, firstByteAfter, listened }) {
    if (firstByteAfter !== undefined)
        return `after ${time(firstByteAfter)}`;
    return head && `none in ${time(listened)}`;
}
function chunks({ chunks: list, sizes, gaps }) {
    if (!sizes)
        return undefined;
    const spaced = gaps ? `, ${spread(gaps, time)} apart` : '';
    return `${list.length}, of ${spread(sizes, size)}${spaced}`;
}
function messages({ head, said }) {
    if (!head || said.format === undefined)
        return undefined;
    const names = Object.entries(said.names).map(([name, number]) => `${name} ${number}`);
    return names.length > 0 ? `${said.messages} (${names.join(', ')})` : 'none';
}
function heartbeat({ head, said, heartbeat: interval, listened }) {
    if (!head || said.format === undefined || said.format === 'json')
        return undefined;
    if (interval !== undefined)
        return `every ${time(interval)}`;
    return said.heartbeats.length > 0 ? 'one seen' : `${NOT_SEEN} in ${time(listened)}`;
}
function ids({ said }) {
    if (said.messages === 0 && said.lastEventId === '')
        return undefined;
    if (said.lastEventId === '')
        return NOT_SEEN;
    return `${said.withId} of ${count(said.messages, 'message')}, the last is ${said.lastEventId}`;
}
/** Only where it was not understood, or refused. */
function beginning({ verdict, said }) {
    const odd = verdict === 'unreadable' || verdict === 'page' || verdict === 'refused';
    return odd && said.beginning ? JSON.stringify(said.beginning.slice(0, EXCERPT_LENGTH$1)) : undefined;
}
function longPoll(report) {
    const { beside } = report;
    if (!beside)
        return undefined;
    const brought = besideBrought(report);
    const asked = `asked beside it after ${time(beside.asked)}`;
    if (brought !== undefined)
        return `${asked}: its first message came after ${time(brought - beside.asked)}`;
    return beside.head ? `${asked}: ${beside.head.status}, no message` : `${asked}: no answer`;
}
function otherRequests({ root }) {
    if (!root)
        return undefined;
    const { head } = root;
    if (!head)
        return 'to this host are not answered either';
    const by = head.headers['server'] ? `, by ${head.headers['server']}` : '';
    return `to this host are answered after ${time(head.after)}${by}`;
}
function bufferedLine({ head, buffered: { answer: found, because } }) {
    return head || found !== 'not-seen' ? `${found.replace('-', ' ')}. ${because}` : undefined;
}
function spread({ min, median, max }, tell) {
    return min === max ? tell(min) : `${tell(min)} to ${tell(max)} (median ${tell(median)})`;
}

// What the text of a response says: messages, ids, heartbeats, or nothing of the kind.
const FORMATS = [eventStream, jsonLines, json, scriptTags, text];
/** The types that `subscribe` asks for, too. */
function acceptedTypes() {
    return formatsFor(FORMATS, undefined)
        .map(({ mediaTypes: [type] }) => type)
        .join(', ');
}
const EXCERPT_LENGTH = 200;
const MOST_NAMES = 50;
const MOST_PROBLEMS = 3;
const EVENT_STREAM_START = /^\uFEFF?(:|(data|event|id|retry):)/;
const HTML_START = /^\s*<(!doctype html|html|head|body)/i;
const HEARTBEAT_NAME = /^(ping|heart-?beat|keep-?alive)$/i;
/** @param asked - the one type that the request asked for, where it asked for one */
function createReading(contentType, asked) {
    const named = pickFormat(formatsFor(FORMATS, asked), contentType);
    const names = new Map();
    const heartbeats = [];
    const problems = [];
    let format = named; // by which it is decoded
    let decoder; // from the first text on, where there is a format
    let looksLike;
    let beginning = '';
    let now = 0;
    let firstMessageAfter;
    let messages = 0;
    let withId = 0;
    let lastEventId = '';
    let retry;
    let atLineStart = true;
    let beat = false; // this piece held a sign of life
    const sink = {
        message({ event, id }) {
            messages++;
            firstMessageAfter ??= now;
            if (id !== '') {
                withId++;
                lastEventId = id;
            }
            beat ||= HEARTBEAT_NAME.test(event);
            if (names.has(event) || names.size < MOST_NAMES)
                names.set(event, (names.get(event) ?? 0) + 1);
        },
        id(id) {
            lastEventId = id;
        },
        retry(milliseconds) {
            retry = milliseconds;
        },
        problem: note,
        failed: note,
    };
    return {
        feed,
        end(at) {
            now = at;
            decoder?.end();
        },
        said: () => ({
            format: named?.name,
            looksLike,
            beginning: beginning.slice(0, EXCERPT_LENGTH),
            messages,
            firstMessageAfter,
            names: Object.fromEntries(names),
            withId,
            lastEventId,
            retry,
            heartbeats,
            problems,
        }),
    };
    function feed(text, at) {
        now = at;
        const first = beginning === '';
        const before = messages;
        if (beginning.length < EXCERPT_LENGTH)
            beginning += text.slice(0, EXCERPT_LENGTH);
        if (first && text !== '')
            choose();
        beat = format === eventStream && hasComment(text);
        decoder?.feed(text);
        const gained = messages - before;
        const whole = isWhole(text);
        // What the other formats send to be heard is white space and comments.
        const blank = decoder !== undefined && format !== eventStream && !first && gained === 0 && whole;
        if (beat || blank)
            heartbeats.push(at);
        if (text !== '')
            atLineStart = endsLine(text);
        return { messages: gained, whole };
    }
    /** A text whose type was forgotten is read all the same, to find out what else there is to say. */
    function choose() {
        if (named !== eventStream && EVENT_STREAM_START.test(beginning))
            looksLike = 'event-stream';
        else if (HTML_START.test(beginning) && named !== scriptTags)
            looksLike = 'html';
        if (looksLike === 'event-stream')
            format = eventStream;
        const options = { maxMessageSize: DEFAULTS.maxMessageSize, lastEventId: '', flush: false };
        decoder = format?.decoder(sink, options);
    }
    function isWhole(text) {
        if (format === eventStream || format === jsonLines)
            return endsLine(text);
        return decoder?.isWhole?.() ?? true;
    }
    function hasComment(text) {
        return (atLineStart && text.startsWith(':')) || /[\r\n]:/.test(text);
    }
    function note({ message }) {
        if (problems.length < MOST_PROBLEMS)
            problems.push(message);
    }
}
function endsLine(text) {
    return /[\r\n]$/.test(text);
}

// One request, and a record of what came of it, and when.
/** As many chunks are enough to know a stream by. */
const MOST_CHUNKS = 10_000;
/** The headers that say something about streaming, caching, or who is on the way. */
const TELLING_HEADERS = [
    'content-type',
    'content-encoding',
    'content-length',
    'cache-control',
    'age',
    'retry-after',
    'www-authenticate',
    'x-accel-buffering',
    'x-content-type-options',
    'server',
    'via',
    'x-cache',
    'cf-cache-status',
    'x-powered-by',
];
function listen(request, { environment, life }) {
    const controller = new AbortController();
    const started = environment.now();
    const chunks = [];
    const decode = utf8Decoder(() => undefined);
    let reading = createReading(null, undefined); // of nothing, until the head
    let head;
    let ending = 'none';
    let reader; // once there is a body
    let stopped = false;
    life.addEventListener('abort', stop);
    return { over: run(), heard: () => ({ head, chunks, said: reading.said(), ending }), stop };
    async function run() {
        // What would be asked next is not, once the caller has ended the probe.
        if (life.aborted)
            return;
        try {
            const { fetch, url, init } = request;
            const response = await fetch(url, { ...init, signal: controller.signal, cache: 'no-store' });
            reader = response.body?.getReader();
            if (stopped)
                return release();
            receive(response);
            await read(response);
        }
        catch {
            // Browsers do not tell a page what went wrong; what can be found out is obstacle.ts's to find.
            if (!stopped)
                ending = head ? 'cut' : 'failed';
        }
    }
    function receive(response) {
        const { status, redirected, headers, type } = response;
        const telling = TELLING_HEADERS.flatMap((name) => {
            const value = headers.get(name);
            return value === null ? [] : [[name, value]];
        });
        head = {
            after: passed(),
            status,
            url: response.url || request.url,
            redirected,
            madeByScript: type === 'default',
            headers: Object.fromEntries(telling),
        };
        ending = 'open';
        // What a refusal says are no messages.
        if (carriesMessages(response))
            reading = createReading(headers.get('content-type'), request.asked);
    }
    async function read(response) {
        if (!reader) {
            // A response of a caller's own fetch may lack the stream.
            take(new TextEncoder().encode(await response.text()));
            return complete();
        }
        const mostBytes = carriesMessages(response) ? Infinity : EXCERPT_LENGTH$2;
        for (let bytes = 0; chunks.length < MOST_CHUNKS && bytes < mostBytes;) {
            const { done, value } = await reader.read();
            if (done)
                return complete();
            take(value);
            bytes += value.length;
        }
        release();
    }
    function take(value) {
        if (stopped || value.length === 0)
            return;
        const at = passed();
        chunks.push({ at, bytes: value.length, ...reading.feed(decode(value), at) });
    }
    function complete() {
        if (stopped)
            return;
        reading.end(passed());
        ending = 'complete';
    }
    function stop() {
        stopped = true;
        release();
    }
    function release() {
        controller.abort();
        // A caller's own fetch may not heed the signal; a body that failed already cannot be cancelled.
        reader?.cancel().catch(() => undefined);
    }
    function passed() {
        return environment.now() - started;
    }
}

// Waiting for something, but not for ever.
/** Resolves when the promise is settled, or after so many milliseconds. Leaves no timer. */
function within(milliseconds, promise, { environment, life }) {
    return new Promise((resolve) => {
        const finish = () => {
            stopTimer();
            life.removeEventListener('abort', finish);
            resolve();
        };
        const stopTimer = environment.setTimer(finish, milliseconds);
        life.addEventListener('abort', finish);
        promise?.then(finish, finish);
        if (life.aborted)
            finish();
    });
}

// Why there was no response, as far as a page can find out: browsers keep it from scripts.
/** Milliseconds a browser may take to tell of its policy after it has refused a request. */
const VIOLATION_DELAY = 50;
/** Longest wait for an answer that only shows that there is one, in milliseconds. */
const PATIENCE$1 = 3_000;
/** Browsers trust these although they are not https. */
const TRUSTWORTHY_HOST = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;
/** Asks again in other ways, but never for what might change something on the server. */
async function findObstacle(request, waiting, policyForbids) {
    const { credentials, fetch, url, init, ownHeaders, crossOrigin } = request;
    await within(VIOLATION_DELAY, undefined, waiting);
    if (policyForbids())
        return 'content-security-policy';
    if (isMixed(url, waiting.environment.baseUrl()))
        return 'mixed-content';
    if (globalThis.navigator?.onLine === false)
        return 'offline';
    const isGet = init.method === 'GET';
    if (isGet && isRedirect(await ask({ ...init, redirect: 'manual' })))
        return 'redirect';
    // What asks for no permission to read, nobody refuses. No HEAD: a server that streams the answer to that, too,
    // blocks the connection for what comes next.
    if (!crossOrigin || !(await ask({ mode: 'no-cors' })))
        return 'no-connection';
    return isGet && ownHeaders.length > 0 && (await ask({})) ? 'preflight' : 'cors';
    /** The head of an answer, where there is one. */
    async function ask(changed) {
        if (waiting.life.aborted)
            return undefined;
        const controller = new AbortController();
        const { signal } = controller;
        let response;
        const answered = async () => {
            response = await fetch(url, { credentials, cache: 'no-store', ...changed, signal });
        };
        await within(PATIENCE$1, answered(), waiting);
        controller.abort();
        return response;
    }
}
function isMixed(url, base) {
    const { protocol, hostname } = new URL(url);
    return base?.startsWith('https:') === true && protocol === 'http:' && !TRUSTWORTHY_HOST.test(hostname);
}
/** A page is not told where to. */
function isRedirect(response) {
    if (!response)
        return false;
    const { type, status } = response;
    return type === 'opaqueredirect' || (status >= 300 && status <= 399);
}

// What a probe asks for, made from its options.
/** What techniques ask for that name themselves in a URL. */
const ANSWERS = {
    htmlfile: 'text/html',
    iframe: 'text/html',
    'long-poll': 'application/json',
    poll: 'application/json',
};
const TECHNIQUE = /[?&]transport=([a-z-]*)/;
const OPTIONS = {
    method: 0,
    headers: 0,
    body: 0,
    credentials: 0,
    signal: 0,
    fetch: 0,
    duration: 0,
    print: 0,
};
/** @throws EnckeError `invalid-option` */
function buildProbeRequest(url, options, environment) {
    refuseUnknown('probe', options, OPTIONS);
    const { body, credentials = 'same-origin', fetch = environment.fetch } = options;
    const { method = body === undefined ? 'GET' : 'POST' } = options;
    const origin = environment.origin();
    try {
        const target = new URL(url, environment.baseUrl());
        target.hash = '';
        if (!/^https?:$/.test(target.protocol))
            throw new TypeError(`${target.protocol} is not http: or https:.`);
        const headers = new Headers(options.headers);
        const ownHeaders = [...headers.keys()];
        if (isJson(body) && !headers.has('content-type'))
            headers.set('content-type', 'application/json');
        const asked = ANSWERS[TECHNIQUE.exec(target.search)?.[1] ?? ''];
        if (!headers.has('accept'))
            headers.set('accept', asked ?? acceptedTypes());
        const init = { method: method.toUpperCase(), headers, credentials, body: bodyOf(body) };
        // Throws for whatever `fetch` would refuse to send.
        void new Request(target, init);
        return {
            url: target.href,
            init,
            fetch,
            ownHeaders,
            credentials,
            asked,
            origin,
            crossOrigin: origin !== undefined && origin !== target.origin,
        };
    }
    catch (cause) {
        throw new EnckeError('invalid-option', `This cannot be asked for: ${String(cause)}`, { cause });
    }
}
/** The same as a long poll; `undefined` where asking twice might do something twice, or the URL names a technique. */
function asLongPoll(request) {
    const { url, init, ownHeaders } = request;
    if (init.method !== 'GET' || TECHNIQUE.test(url))
        return undefined;
    const headers = new Headers(init.headers);
    if (!ownHeaders.includes('accept'))
        headers.set('accept', 'application/json');
    // As text: writing the search anew could break a signed URL.
    return {
        ...request,
        url: `${url}${url.includes('?') ? '&' : '?'}transport=long-poll`,
        init: { ...init, headers },
    };
}
/** The root of the same host, to see whether that answers at all. */
function asRoot(request) {
    const { url, credentials, crossOrigin } = request;
    // What asks for no permission to read, nobody refuses; it has to follow redirects.
    const manner = crossOrigin ? { mode: 'no-cors' } : { redirect: 'manual' };
    const init = { ...manner, method: 'GET', headers: new Headers(), credentials };
    return { ...request, url: new URL('/', url).href, init };
}
function bodyOf(body) {
    return isJson(body) ? JSON.stringify(body) : (body ?? null);
}

// The smallest, the middle and the largest of some numbers.
/** `undefined` for no numbers. Of an even count the upper of the middle two is taken. */
function spreadOf(numbers) {
    const sorted = [...numbers].sort((one, other) => one - other);
    const [min] = sorted;
    const median = sorted[sorted.length >> 1];
    const max = sorted.at(-1);
    if (min === undefined || median === undefined || max === undefined)
        return undefined;
    return { min, median, max };
}
/** What lies between each number and the next. */
function gapsOf(numbers) {
    return numbers.slice(1).map((number, index) => number - (numbers[index] ?? number));
}

// What the browser tells about a request beside its response: the protocol, a service worker, a policy.
/** Milliseconds a browser may take to write down a request that is over. WebKitGTK never does for one that was aborted. */
const ENTRY_DELAY = 100;
/** Watches what the browser notes about requests for this URL, from now on, until the probe is over. */
function watchSurroundings(url, waiting) {
    const place = globalThis;
    const refused = []; // by the policy
    let entry;
    const stopViolations = onPolicyViolation((directive, blocked) => {
        if (directive === 'connect-src' && blocked)
            refused.push(blocked);
    });
    let stopEntries = () => undefined;
    const noted = new Promise((resolve) => {
        stopEntries = watchEntries((found) => {
            if (found.name !== url)
                return;
            entry = found;
            resolve();
        });
    });
    waiting.life.addEventListener('abort', () => {
        stopViolations();
        stopEntries();
    });
    return { policyForbids: () => refused.some((blocked) => url.startsWith(blocked)), look };
    async function look(head) {
        await within(canWatchEntries() ? ENTRY_DELAY : 0, noted, waiting);
        return {
            protocol: entry?.nextHopProtocol || protocolOfOthers(),
            serviceWorker: serviceWorker(head),
        };
    }
    function serviceWorker(head) {
        const container = place.navigator?.serviceWorker;
        const controlled = Boolean(container?.controller);
        if (entry && entry.workerStart > 0)
            return 'handled';
        if (head && (entry ? wasNotTransferred(entry) : controlled && head.madeByScript))
            return 'handled';
        if (controlled)
            return 'present';
        return container || entry ? 'none' : 'not-seen';
    }
    /** The latest request to the same origin of which the browser tells. */
    function protocolOfOthers() {
        const { origin } = new URL(url);
        return ['navigation', 'resource']
            .flatMap((type) => performance.getEntriesByType(type))
            .filter(({ name, nextHopProtocol }) => nextHopProtocol && name.startsWith(`${origin}/`))
            .at(-1)?.nextHopProtocol;
    }
}
/** Firefox leaves `workerStart` at 0 (seen in 153), but tells this, which no cache can be the cause of here. */
function wasNotTransferred({ transferSize, requestStart }) {
    return transferSize === 0 && requestStart > 0;
}
function watchEntries(onEntry) {
    if (!canWatchEntries())
        return () => undefined;
    const observer = new PerformanceObserver((list) => {
        list.getEntries().forEach(onEntry);
    });
    observer.observe({ type: 'resource' });
    return () => {
        observer.disconnect();
    };
}
function canWatchEntries() {
    return typeof PerformanceObserver === 'function';
}

// One probe from its request to its report.
/** The longest silence after which a long poll is asked for the same, in milliseconds. */
const PATIENCE = 3_000;
/** Never rejects: what goes wrong is what the report is about. */
async function examine(request, duration, waiting) {
    const facts = await gather(request, duration, waiting);
    const buffered = judgeBuffering(facts);
    const verdict = decideVerdict(facts, buffered);
    const advice = adviseOn({ ...facts, buffered, verdict });
    const report = { ...facts, verdict, buffered, advice };
    return { ...report, text: linesOf(report) };
}
async function gather(request, duration, waiting) {
    const { environment } = waiting;
    const { url, init, ownHeaders, credentials, origin, crossOrigin } = request;
    const surroundings = watchSurroundings(url, waiting);
    const started = environment.now();
    const stream = listen(request, waiting);
    const patience = Math.min(PATIENCE, duration / 3);
    await within(patience, stream.over, waiting);
    const beside = isMute(stream) ? askBeside(request, environment.now() - started, waiting) : undefined;
    const root = stream.heard().ending === 'none' ? listen(asRoot(request), waiting) : undefined;
    await within(duration - patience, stream.over, waiting);
    const listened = environment.now() - started;
    stream.stop();
    beside?.listening.stop();
    root?.stop();
    const heard = stream.heard();
    const failed = heard.ending === 'failed';
    return {
        ...heard,
        url,
        method: init.method,
        ownHeaders,
        credentials,
        origin,
        crossOrigin,
        listened,
        firstByteAfter: heard.chunks[0]?.at,
        gaps: spreadOf(gapsOf(heard.chunks.map(({ at }) => at))),
        sizes: spreadOf(heard.chunks.map(({ bytes }) => bytes)),
        heartbeat: spreadOf(gapsOf(heard.said.heartbeats))?.median,
        beside: beside && { ...beside.listening.heard(), asked: beside.asked },
        root: heard.head ? undefined : root?.heard(),
        obstacle: failed ? await findObstacle(request, waiting, surroundings.policyForbids) : undefined,
        ...(await surroundings.look(heard.head)),
    };
}
/** Whether it may be a stream, and has brought nothing. */
function isMute(stream) {
    const { head, chunks, ending } = stream.heard();
    return chunks.length === 0 && (ending === 'none' || (ending === 'open' && head?.status === 200));
}
function askBeside(request, asked, waiting) {
    const longPoll = asLongPoll(request);
    return longPoll && { listening: listen(longPoll, waiting), asked };
}

// A probe in a given world.
const DEFAULT_DURATION = 10_000;
async function probeIn(environment, url, options) {
    const { duration = DEFAULT_DURATION, signal, print } = options;
    // Written so that NaN and text fail, too.
    if (!(duration > 0 && duration < Infinity)) {
        throw new EnckeError('invalid-option', 'duration must be a number of milliseconds above 0.');
    }
    const request = buildProbeRequest(url, options, environment);
    if (signal?.aborted)
        throw signal.reason;
    call(print, `Probing ${request.init.method} ${request.url} for ${time(duration)} …`);
    const life = new AbortController();
    const aborted = new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve(), { signal: life.signal });
    });
    try {
        const waiting = { environment, life: life.signal };
        const report = await Promise.race([examine(request, duration, waiting), aborted]);
        if (!report)
            throw signal?.reason;
        call(print, report.text);
        return report;
    }
    finally {
        life.abort();
    }
}

// The entry `encke/probe`: what is wrong with a stream, in words.
/**
 * Asks for a stream as `subscribe` does, listens for a while, and tells what came and what to do about it.
 *
 * Where nothing comes, the same is asked for as a long poll beside it; where there is no response, in the ways that
 * show why not. What is no GET is asked for once only. Nothing is printed unless `print` says how.
 *
 * @returns a report, whatever the server does. Rejects with the signal's reason when that is aborted
 * @throws EnckeError `invalid-option`, as a rejection
 */
async function probe(url, options = {}) {
    return probeIn(browserEnvironment, url, options);
}

export { probe };
//# sourceMappingURL=probe.js.map
