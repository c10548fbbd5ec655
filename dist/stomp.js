import { Client } from '@stomp/stompjs';
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
    #client = new Client({ reconnectDelay: 0, heartbeatIncoming: 0, heartbeatOutgoing: 0 });
    /** By destination. */
    #subscriptions = new Map();
    constructor(options) {
        this.#options = options;
    }
    /** Connects to a broker that Orbited may connect to. */
    connect(domain, port, user, password) {
        const client = this.#client;
        this.user = user;
        this.#subscriptions.clear();
        const socket = this.#socketTo(`tcp://${domain}:${String(port)}`);
        const message = (frame) => this.onframe(shown(frame));
        client.configure({
            connectHeaders: {
                ...(user !== undefined && { login: user }),
                ...(password !== undefined && { passcode: password }),
            },
            webSocketFactory: () => socket,
            onConnect: message,
            onUnhandledMessage: message,
            onUnhandledReceipt: message,
            onStompError: message,
            onUnhandledFrame: message,
            onWebSocketClose: ({ orbitedCode }) => {
                void client.deactivate();
                this.onclose(orbitedCode);
            },
            onWebSocketError: ({ error }) => this.onerror(error),
        });
        client.activate();
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
        const body = typeof message === 'string' ? { body: message } : { binaryBody: message };
        const type = typeof message === 'string' && { 'content-type': 'text/plain' };
        this.#client.publish({ destination, headers: { ...type, ...headers }, ...body });
    }
    /** Messages for the destination come from now on. */
    subscribe(destination, headers = {}) {
        const subscription = this.#client.subscribe(destination, (frame) => this.onframe(shown(frame)), headers);
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
    /** Confirms a message of a subscription with the header `ack: client`. Orbited's own client never did. */
    ack(messageId, transaction, subscription = '') {
        this.#client.ack(messageId, subscription, transaction === undefined ? {} : { transaction });
    }
    /** The broker is told, and `onclose` follows. */
    disconnect() {
        void this.#client.deactivate();
    }
    /** Closes at once. */
    reset() {
        void this.#client.deactivate({ force: true });
    }
    #socketTo(url) {
        const socket = new OrbitedWebSocket(url, undefined, this.#options);
        socket.binaryType = 'arraybuffer';
        socket.addEventListener('open', () => this.onopen());
        return socket;
    }
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
function nothing() {
    // Where the page does not listen.
}

export { STOMPClient };
//# sourceMappingURL=stomp.js.map
