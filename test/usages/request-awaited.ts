// One exchange, with the type of its data.

import { request, type Exchange, type Reply, type RequestOptions } from 'encke';

interface Answer {
  readonly text: string;
}

interface Events {
  token: Answer;
  usage: number;
}

export async function ask(prompt: string): Promise<string> {
  const { messages, status, headers } = await request<Answer>('/llm', {
    body: { prompt },
    parse: JSON.parse,
  });
  const type: string | null | undefined = headers?.get('content-type');
  return messages.map(({ data }) => data.text).join('') + String(status) + String(type);
}

export async function several(): Promise<readonly string[]> {
  const [one, two] = await Promise.all([request<Answer>('/a'), request<number>('/b')]);
  const [first] = one.messages;
  const safe = await request<Answer>('/c').catch(() => undefined);
  await request('/d').finally(() => undefined);
  return [first?.data.text ?? '', two.messages.map(({ data }) => data.toFixed()).join(), safe?.url ?? ''];
}

export async function streamed(options: RequestOptions<Answer>): Promise<void> {
  const exchange: Exchange<Answer> = request<Answer>('/llm', options);
  for await (const { data } of exchange) data.text.trim();
  const { data } = (await request('/report.json')).messages[0] ?? {};
  data.rows.length;
}

/** What caches of queries take: a function that gives a promise. */
declare function useQuery<Data>(query: { queryFn: () => Promise<Data> }): { data: Data | undefined };
const text: string | undefined = useQuery({ queryFn: () => request<Answer>('/q') }).data?.messages[0]?.data
  .text;
export const promise: Promise<Reply<Answer>> = request<Answer>('/p');
export const named = request<Answer | number, Events>('/llm', {
  on: { token: (answer) => answer.text, usage: (count) => count.toFixed() },
  onMessage: (message) => (message.event === 'usage' ? message.data.toFixed() : [message.data.text, text]),
});

// @ts-expect-error -- the data is no number
request<Answer>('/llm', { onMessage: ({ data }: { data: number }) => data });
