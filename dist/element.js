import { D as DEFAULTS, ab as refuse, a9 as call, w as commandQueue, ac as resolveUrl, ad as baseUrl, ae as pageOrigin } from './shared-index.js';

// The attributes of `<encke-stream>`, as options of `subscribe`.
/** Options that are attributes: those with a value for their default, and these. */
const optionNames = () => [...Object.keys(DEFAULTS), 'endOn', 'resume'];
/** Every attribute that a stream is made of. */
function attributeNames() {
    return [...optionNames().map(hyphened), 'events', 'sanitize', 'src', 'transports', 'with-credentials'];
}
/** @throws EnckeError `invalid-option` */
function optionsOf(element, known) {
    const options = {};
    for (const option of optionNames()) {
        const text = element.getAttribute(hyphened(option));
        if (text !== null)
            options[option] = valueOf(text, option);
    }
    const transports = element.getAttribute('transports');
    if (transports !== null) {
        options['transports'] = wordsOf(transports).map((word) => known.find(({ name }) => name === word) ?? refuse(`There is no transport ${word}.`));
    }
    if (element.hasAttribute('with-credentials'))
        options['credentials'] = 'include';
    return options;
}
/** A list as HTML writes it, for example in `class`. */
function wordsOf(text) {
    return text.match(/\S+/g) ?? [];
}
/** An option's name as HTML writes names. */
function hyphened(option) {
    return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function valueOf(text, option) {
    if (typeof DEFAULTS[option] !== 'number')
        return text !== 'false' && text;
    const number = parseFloat(text);
    return number >= 0 ? number : refuse(`${option} must be a number, at least 0.`);
}

// One connection and its command queue, for all elements with the same attributes.
/**
 * What is wrong with the attributes is told by an event, and gives `undefined`.
 *
 * @param closed is called when nobody can join any more
 */
function openStream(first, { subscribe, transports = [], sanitizers = {}, origins = [], ...page }, closed) {
    const elements = new Set([first]);
    try {
        const connection = subscribe(addressOf(first, origins), {
            ...optionsOf(first, transports),
            ...takers(),
            onResync: (gap) => tell('resync', gap),
            onError: (error) => tell('error', error),
            onState(change) {
                if (change.state === 'closed')
                    closed();
                for (const element of elements)
                    element.setAttribute('state', change.state);
                tell('state', change);
            },
        });
        return {
            connection,
            join(element) {
                elements.add(element);
                element.setAttribute('state', connection.state);
            },
            leave(element) {
                if (elements.size < 2)
                    connection.close();
                elements.delete(element);
                // Others may go on with it.
                element.setAttribute('state', 'closed');
            },
        };
    }
    catch (error) {
        call(fail, error);
        return undefined;
    }
    /** Whether no listener has cancelled it. */
    function tell(what, detail) {
        const init = { detail, bubbles: true, cancelable: true };
        const answers = [...elements].map((element) => element.dispatchEvent(new CustomEvent(`encke-${what}`, init)));
        return !answers.includes(false);
    }
    /** What nobody cancels is seen in the console: there is no other code that could look after it. */
    function fail(error) {
        // Servers often send what only some pages have a place for.
        if (tell('error', error) && error.code !== 'no-target')
            throw error;
    }
    /** What takes the messages: of all events, or of those named. */
    function takers() {
        const queue = createQueue();
        const events = first.getAttribute('events');
        if (events === null)
            return { commands: queue };
        const push = (data) => queue.push(data);
        return { on: Object.fromEntries(wordsOf(events).map((event) => [event, push])) };
    }
    function createQueue() {
        const sanitizer = first.getAttribute('sanitize');
        const queue = commandQueue({
            ...page,
            ...(sanitizer !== null && { sanitize: (html, target) => find(sanitizer)(html, target) }),
            beforeApply: (command) => tell('command', command),
            onError: fail,
        });
        if (document.readyState === 'loading') {
            // What commands name may stand below.
            queue.pause();
            document.addEventListener('DOMContentLoaded', queue.resume);
        }
        return queue;
    }
    function find(sanitizer) {
        return ((Object.hasOwn(sanitizers, sanitizer) && sanitizers[sanitizer]) ||
            refuse(`There is no sanitizer ${sanitizer}.`));
    }
}
/** A connection to elsewhere has to be allowed by code: attributes can be part of HTML that others wrote. */
function addressOf(element, origins) {
    const { href, origin } = resolveUrl(element.getAttribute('src') ?? '', baseUrl());
    if (origin === pageOrigin() || origins.includes(origin))
        return href;
    return refuse(`${origin} is not among "origins".`);
}

// The entry `encke/element`: `<encke-stream src="/updates">`, a connection whose server changes the page.
const NAME = 'encke-stream';
/**
 * Defines the tag; elements of it that are in the page begin to connect. Does nothing on a server, and where the name
 * is taken already.
 */
function defineEnckeStream(given) {
    const { customElements } = globalThis;
    if (!customElements || customElements.get(NAME))
        return;
    const streams = new Map(); // those that elements may join, by what their attributes say
    const attributes = attributeNames();
    customElements.define(NAME, class extends HTMLElement {
        static observedAttributes = attributes;
        #key = '';
        #stream;
        get connection() {
            return this.#stream?.connection;
        }
        /** At once: where another that is equal leaves in the same task, its connection goes on. */
        connectedCallback() {
            this.#settle();
        }
        disconnectedCallback() {
            this.attributeChangedCallback();
        }
        /** Later: it may be on its way to another place, and other attributes may follow. */
        attributeChangedCallback() {
            queueMicrotask(() => this.#settle());
        }
        #settle() {
            const isOn = this.isConnected && this.getAttribute('src');
            const key = isOn ? JSON.stringify(attributes.map((each) => this.getAttribute(each))) : '';
            if (key === this.#key)
                return;
            this.#key = key;
            this.#stream?.leave(this);
            this.#stream = key
                ? (streams.get(key) ?? openStream(this, given, () => streams.delete(key)))
                : undefined;
            if (!this.#stream)
                return;
            streams.set(key, this.#stream);
            this.#stream.join(this);
        }
    });
}

export { defineEnckeStream };
//# sourceMappingURL=element.js.map
