// An adversary that ends with the test it is asked for in.

import { onTestFinished } from 'vitest';
import { startAdversary, type Adversary, type AdversaryOptions } from './adversary.ts';

export async function adversaryForTest(options: AdversaryOptions): Promise<Adversary> {
  const adversary = await startAdversary(options);
  onTestFinished(() => adversary.close());
  return adversary;
}
