import { Client } from '@stomp/stompjs';
import { a8 as nothing, a9 as call } from './shared-index.js';
import { OrbitedWebSocket } from './orbited.js';

// The entry encke/stomp: Orbited's STOMP client, made of @stomp/stompjs and a socket over Orbited.
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- stompjs describes plain objects by classes */
/** A STOMP client with the API of Orbited's own. Without `content-type`, what is sent is `text/plain`. */
class STOMPClient {
    /** The user that `connect()` was given. */
    user;
    /** Orbited is connected to the broker. */
    onopen = nothing;
    /** The connection is over, with the code that `onclose` of a `TCPSocket` is given. */
    onclose = nothing;
    /** Something went wrong. Unless `onclose` follows, the client goes on. */
    onerror = nothing;
    /** The broker lets this client in: now it can subscribe and send. */
    onconnectedframe = nothing;
    /** A message of a subscription. */
    onmessageframe = (frame) => this.onmessage(frame);
    /** The broker has what was sent with the header `receipt`. */
    onreceiptframe = nothing;
    /** The broker refuses something; most close the connection then. */
    onerrorframe = nothing;
    /** The older name of `onmessageframe`. */
    onmessage = nothing;
    #options;
    // Of the latest connection: nothing is told of those before.
    #client = new Client();
    #socket;
    /** By destination. */
    #subscriptions = new Map();
    constructor(options) {
        this.#options = options;
    }
    /** Connects to a broker that Orbited may connect to. An earlier connection is closed, and nothing is told of it. */
    connect(domain, port, user, password) {
        const socket = new OrbitedWebSocket(`tcp://${domain}:${String(port)}`, undefined, this.#options);
        const earlier = this.#socket;
        this.#socket = socket;
        earlier?.close();
        this.user = user;
        this.#subscriptions.clear();
        socket.addEventListener('open', () => this.onopen());
        socket.addEventListener('close', (event) => {
            if (socket === this.#socket)
                this.onclose(event.orbitedCode);
        });
        this.#client = new Client({
            reconnectDelay: 0,
            heartbeatIncoming: 0,
            heartbeatOutgoing: 0,
            connectHeaders: {
                ...(user !== undefined && { login: user }),
                ...(password !== undefined && { passcode: password }),
            },
            webSocketFactory: () => socket,
            onConnect: this.#take,
            onUnhandledMessage: this.#take,
            onUnhandledReceipt: this.#take,
            onStompError: this.#take,
            onUnhandledFrame: this.#take,
            onWebSocketError: ({ error }) => this.onerror(error),
        });
        this.#client.activate();
    }
    /** Takes every frame, and hands it to the function for its type. */
    onframe(frame) {
        if (frame.type === 'CONNECTED')
            this.onconnectedframe(frame);
        else if (frame.type === 'MESSAGE')
            this.onmessageframe(frame);
        else if (frame.type === 'RECEIPT')
            this.onreceiptframe(frame);
        else if (frame.type === 'ERROR')
            this.onerrorframe(frame);
        else
            this.onerror(`Unknown STOMP frame type ${frame.type}`);
    }
    /**
     * Sends a message.
     *
     * @param message text, or bytes
     */
    send(message, destination, headers = {}) {
        const isBinary = ArrayBuffer.isView(message);
        // What is neither, as of a page without types, becomes text on its way.
        const body = isBinary ? { binaryBody: message } : { body: message };
        const type = !isBinary && { 'content-type': 'text/plain' };
        this.#client.publish({ destination, headers: { ...type, ...headers }, ...body });
    }
    /** Messages for the destination come from now on. */
    subscribe(destination, headers = {}) {
        const subscription = this.#client.subscribe(destination, this.#take, headers);
        this.#subscriptions.set(destination, [...(this.#subscriptions.get(destination) ?? []), subscription]);
    }
    /** No more of them. */
    unsubscribe(destination, headers = {}) {
        for (const subscription of this.#subscriptions.get(destination) ?? [])
            subscription.unsubscribe(headers);
        this.#subscriptions.delete(destination);
    }
    /** Begins a transaction: what names it waits for its `commit()`. */
    begin(transaction) {
        this.#client.begin(transaction);
    }
    /** What the transaction holds is carried out. */
    commit(transaction) {
        this.#client.commit(transaction);
    }
    /** What the transaction holds is dropped. */
    abort(transaction) {
        this.#client.abort(transaction);
    }
    /**
     * Confirms a message of a subscription with the header `ack: client`. Orbited's own client never did.
     *
     * @param messageId the header `ack` of its frame, which STOMP 1.2 has, or else `message-id`
     */
    ack(messageId, transaction, subscription = '') {
        this.#client.ack(messageId, subscription, transaction === undefined ? {} : { transaction });
    }
    /** The broker is told, and `onclose` follows. */
    disconnect() {
        const { connected } = this.#client;
        void this.#client.deactivate();
        // There is nobody to tell yet.
        if (!connected)
            this.#socket?.close();
    }
    /** Closes at once. */
    reset() {
        this.#socket?.terminate();
    }
    /** What a handler throws is the page's: stompjs would write it to the console. */
    #take = (frame) => {
        call((each) => this.onframe(each), shown(frame));
    };
}
function shown(frame) {
    const { command: type, headers } = frame;
    return {
        type,
        headers,
        get body() {
            return frame.body;
        },
        get binaryBody() {
            return frame.binaryBody;
        },
    };
}

export { STOMPClient };
//# sourceMappingURL=stomp.js.map
