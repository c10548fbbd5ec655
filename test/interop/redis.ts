// Redis, which keeps what it has in a folder.

import { findProgram, startService, type FoundProgram, type Service } from './service.ts';

export function findRedis(): FoundProgram {
  return findProgram('redis-server', 'apt-get install redis-server');
}

export function startRedis(path: string, port: number, folder: string): Promise<Service> {
  return startService({
    path,
    values: () => [
      ...['--port', String(port), '--bind', '127.0.0.1'],
      ...['--dir', folder, '--save', '', '--appendonly', 'yes'],
    ],
    ports: [port],
  });
}
