// Messages in a loop.

import { subscribe, EnckeError } from 'encke';

export async function total(signal: AbortSignal): Promise<number> {
  let sum = 0;
  try {
    for await (const { event, data, id } of subscribe<{ price: { value: number } }>('/events', { signal })) {
      if (event === 'price' && id !== '') sum += data.value;
    }
  } catch (error) {
    if (error instanceof EnckeError && error.code === 'status') return error.status ?? 0;
    throw error;
  }
  for await (const { data } of subscribe('/events')) if (data === 'stop') break;
  return sum;
}
