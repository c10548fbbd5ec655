// Servers on Node, as docs/backends/node.md has them.

import { fileURLToPath } from 'node:url';
import { playToStreamingServers, type StreamingServer } from './streaming-servers.ts';

const FOLDER = fileURLToPath(new URL('../../docs/backends/recipes/', import.meta.url));

const SERVERS: StreamingServer[] = [
  node('node:http', 'streaming-node.mjs'),
  node('better-sse', 'streaming-better-sse.mjs'),
  node('Express with compression', 'streaming-express.mjs'),
];

playToStreamingServers(SERVERS);

function node(name: string, file: string): StreamingServer {
  return { name, command: async () => ({ path: process.execPath, values: () => [FOLDER + file] }) };
}
