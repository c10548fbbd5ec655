// Starting servers of other makers: ready when it says so, with its log when it fails, nothing left when it is stopped.

import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { expect, it } from 'vitest';
import { findProgram, freePort, startService } from './service.ts';

const node = process.execPath;

it('says how to install what is not there', () => {
  expect(findProgram('no-such-program', 'apt-get install it')).toEqual({
    missing: 'no-such-program is not installed here; try: apt-get install it',
  });
});

it('is ready when its port answers, has its files and its log, and leaves nothing when stopped', async () => {
  const port = await freePort();
  let place = '';
  const program = `
    console.log(require('node:fs').readFileSync(process.argv[1], 'utf8'));
    setTimeout(() => require('node:http').createServer((_, response) => response.end('here')).listen(${port}, '127.0.0.1'), 100);
  `;
  const service = await startService({
    path: node,
    values: (folder) => ['--eval', program, (place = `${folder}/words`)],
    files: { words: 'read at its start' },
    ports: [port],
  });
  expect(await body(port)).toBe('here');
  expect(await service.log()).toBe('read at its start\n');
  await service.stop();
  await expect(body(port)).rejects.toThrow('ECONNREFUSED');
  expect(existsSync(place)).toBe(false);
});

it('is ready when it says so, where its port tells too little', async () => {
  const port = await freePort();
  const program = `
    require('node:net').createServer().listen(${port}, '127.0.0.1');
    setTimeout(() => console.log('here I am'), 200);
  `;
  const values = (): string[] => ['--eval', program];
  const service = await startService({ path: node, values, ports: [port], says: 'here I am' });
  expect(await service.log()).toBe('here I am\n');
  await service.stop();
});

it('rejects at once with what it said, where it ends before it is ready', async () => {
  const port = await freePort();
  const values = () => ['--eval', 'console.error("no such directive"); process.exit(1)'];
  await expect(startService({ path: node, values, ports: [port] })).rejects.toThrow('no such directive');
});

function body(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}/`, { agent: false }, (response) => {
      response.setEncoding('utf8').once('data', resolve);
    }).once('error', reject);
  });
}
