// Components with a subscription and with a request.

import { StrictMode, useEffect } from 'react';
import { useRequest, useSubscription } from 'encke/react';
import type { Shown } from '../app.ts';

export function App({ feeds, ask }: Shown) {
  return (
    <StrictMode>
      {feeds.map((url, place) => (
        <Feed key={place} url={url} />
      ))}
      {ask !== null && <Answer url={ask} />}
    </StrictMode>
  );
}

function Feed({ url }: { url: string }) {
  globalThis.renders++;
  const { value, state } = useSubscription(url, { initial: 0, reduce: (count: number) => count + 1 });
  return (
    <p className="feed">
      {value} messages, {state}
    </p>
  );
}

function Answer({ url }: { url: string }) {
  const { value, start } = useRequest(url, {
    body: { prompt: 'Why' },
    parse: JSON.parse,
    initial: '',
    reduce: (text: string, { data }) => text + data.token,
  });
  useEffect(() => void start(), [start]);
  return <p className="answer">{value}</p>;
}
