// What commands do in three browsers, on a plain page and under the strictest policy.

import { beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_CASES } from './command-cases.ts';
import { findBrowsers, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { Doing } from './page/command-options.ts';
import type { CommandOutcome } from './page/commands.ts';
import { policyFrames } from './policy-frames.ts';

const STRICT =
  "default-src 'self'; script-src 'self'; require-trusted-types-for 'script'; trusted-types encke";

for (const found of findBrowsers()) describe(found.name, () => commandsIn(found));

function commandsIn(found: Found): void {
  const run = policyFrames(found, 'commands');

  for (const [place, policy] of [
    ['on a page without a policy', ''],
    ['under the strictest policy', STRICT],
  ] as const) {
    describe(place, () => {
      let outcomes: readonly CommandOutcome[] = [];

      beforeAll(async () => {
        if (!('missing' in found)) outcomes = await run(policy, 'playAll');
      });

      for (const [index, scene] of COMMAND_CASES.entries()) {
        it(scene.sentence, (context) => {
          skipIfMissing(found, context);
          const { expected = scene.stage, errors = [], values = [], styles = [], calls = [] } = scene;
          const outcome = outcomes[index];
          if (expected !== null) expect(outcome?.stage).toBe(expected);
          expect(outcome?.errors.map(({ code }) => code)).toEqual(errors);
          expect(outcome?.values).toEqual(values.map(([, , value]) => value));
          expect(outcome?.styles).toEqual(styles.map(([, , value]) => value));
          expect(outcome?.calls).toEqual(calls);
          expect(outcome?.uncaught).toEqual([]);
        });
      }
    });
  }

  describe('keepFocus', () => {
    for (const id of ['field', 'area']) {
      it(`keeps what someone does in an ${id} that is written anew`, async (context) => {
        skipIfMissing(found, context);
        const doing = await run<Doing>('', 'writeIn', id, 'replace');
        expect(doing).toEqual({
          active: id,
          selection: [2, 4, 'backward'],
          scrolled: [20, 20, 20],
          isNew: true,
        });
      });
    }

    it('keeps the focus where there is no text to select', async (context) => {
      skipIfMissing(found, context);
      expect(await run('', 'writeIn', 'check', 'replace')).toMatchObject({ active: 'check', isNew: true });
    });

    it.each(['append', 'prepend'])(
      'does not get in the way of what is there and stays, at %s',
      async (setType) => {
        if ('missing' in found) return;
        expect(await run('', 'writeIn', 'field', setType)).toMatchObject({ active: 'field', isNew: false });
      },
    );

    it('takes the focus from nobody', async (context) => {
      skipIfMissing(found, context);
      expect(await run('', 'writeIn', 'elsewhere', 'replace')).toMatchObject({
        active: 'elsewhere',
        isNew: false,
      });
    });
  });

  it('cleans by the sanitizer of the browser, or says that it has none', async (context) => {
    skipIfMissing(found, context);
    const [first, second] = await run<string[]>(
      '',
      'sanitize',
      '<tr><td onclick="no()">1<script>no()</script></td></tr>',
    );
    if (second === undefined) expect(first).toBe('<div id="box"><tr><td>1</td></tr></div>');
    else expect([first, second]).toEqual(['unusable', '<div id="box"></div>']);
  });

  it("runs a sanitizer's scripts where code may run, and once", async (context) => {
    skipIfMissing(found, context);
    expect(await run('', 'insertLiveScripts')).toEqual(['refused', 2, 'tml', 'svg', 2]);
  });

  it('takes text for what the parser would make of it, in every element', async (context) => {
    skipIfMissing(found, context);
    expect(await run('', 'unlikeTheParser')).toEqual([]);
  });

  it('keeps to its root', async (context) => {
    skipIfMissing(found, context);
    expect(await run('', 'withinRoots')).toEqual(['', '#p.p', '#p.p', '#p.p']);
  });

  it('treats the elements of a frame as those of the page', async (context) => {
    skipIfMissing(found, context);
    expect(await run('', 'withinFrame')).toEqual([null, null, null, '', null]);
  });
}
