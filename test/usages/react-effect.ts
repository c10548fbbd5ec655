// An effect that subscribes, and returns what ends it.

import { subscribe, type Subscription } from 'encke';

declare function useEffect(effect: () => void | (() => void), watched: readonly unknown[]): void;
declare function useRef<Value>(value: Value): { current: Value };
declare function useState<Value>(value: Value): [Value, (next: Value | ((before: Value) => Value)) => void];

interface Price {
  readonly symbol: string;
  readonly value: number;
}

export function usePrices(url: string | undefined): readonly Price[] {
  const [prices, setPrices] = useState<readonly Price[]>([]);
  const current = useRef<Subscription<{ price: Price }> | undefined>(undefined);
  useEffect(() => {
    if (url === undefined) return;
    const subscription = subscribe<{ price: Price }>(url, {
      parse: JSON.parse,
      on: { price: (price) => setPrices((before) => [...before, price]) },
    });
    current.current = subscription;
    return () => subscription.close();
  }, [url]);
  useEffect(() => subscribe('/news').close, []);
  return prices;
}
