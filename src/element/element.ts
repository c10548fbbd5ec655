// The entry `encke/element`: `<encke-stream src="/updates">`, a connection whose server changes the page.

import type { CoreConnection, Reconnectable } from '../session/connection.ts';
import { attributeNames } from './attributes.ts';
import type { EnckeStreamOptions } from './options.ts';
import { openStream, type Stream } from './stream.ts';

export type { EnckeStreamOptions } from './options.ts';

const NAME = 'encke-stream';

/** The element `<encke-stream>`. */
export interface EnckeStreamElement extends HTMLElement {
  /** The connection, which elements with equal attributes share; `undefined` while the element has none. */
  readonly connection: (CoreConnection & Reconnectable) | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'encke-stream': EnckeStreamElement;
  }
}

/**
 * Defines the tag; elements of it that are in the page begin to connect. Does nothing on a server, and where the name
 * is taken already.
 */
export function defineEnckeStream(given: EnckeStreamOptions): void {
  const { customElements } = globalThis as Partial<typeof globalThis>;
  if (!customElements || customElements.get(NAME)) return;
  const streams = new Map<string, Stream>(); // those that elements may join, by what their attributes say
  const attributes = attributeNames();

  customElements.define(
    NAME,
    class extends HTMLElement implements EnckeStreamElement {
      static readonly observedAttributes = attributes;
      #key = '';
      #stream: Stream | undefined;

      get connection(): Stream['connection'] | undefined {
        return this.#stream?.connection;
      }

      /** At once: where another that is equal leaves in the same task, its connection goes on. */
      connectedCallback(): void {
        this.#settle();
      }

      disconnectedCallback(): void {
        this.attributeChangedCallback();
      }

      /** Later: it may be on its way to another place, and other attributes may follow. */
      attributeChangedCallback(): void {
        queueMicrotask(() => this.#settle());
      }

      #settle(): void {
        const isOn = this.isConnected && this.getAttribute('src');
        const key = isOn ? JSON.stringify(attributes.map((each) => this.getAttribute(each))) : '';
        if (key === this.#key) return;
        this.#key = key;
        this.#stream?.leave(this);
        this.#stream = key
          ? (streams.get(key) ?? openStream(this, given, () => streams.delete(key)))
          : undefined;
        if (!this.#stream) return;
        streams.set(key, this.#stream);
        this.#stream.join(this);
      }
    },
  );
}
