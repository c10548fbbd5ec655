// Redis, which keeps nothing on disk here.

import { findProgram, startService, type FoundProgram, type Service } from './service.ts';

export function findRedis(): FoundProgram {
  return findProgram('redis-server', 'apt-get install redis-server');
}

export function startRedis(path: string, port: number): Promise<Service> {
  return startService({
    path,
    values: (folder) => [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no'],
    ],
    ports: [port],
  });
}
