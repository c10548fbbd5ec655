// Two subscriptions over the same technique at the same time keep their messages apart.

import type { Technique } from '../techniques.ts';
import { numbered, type NumberedFacts } from './numbered.ts';

export function sideBySide(technique: Technique): Promise<NumberedFacts[]> {
  const query = { rate: '400', batch: technique.rhythm === 'interval' ? '50' : '20' };
  return Promise.all([
    numbered({ technique, count: 100, kind: 'plain', query }),
    numbered({ technique, count: 80, kind: 'mixed', query }),
  ]);
}
