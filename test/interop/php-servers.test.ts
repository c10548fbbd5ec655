// PHP's own server, as docs/backends/php.md has it.

import { fileURLToPath } from 'node:url';
import { findProgram } from './service.ts';
import { playToStreamingServers, type StreamingServer } from './streaming-servers.ts';

const RECIPE = fileURLToPath(new URL('../../docs/backends/recipes/streaming.php', import.meta.url));

playToStreamingServers([
  php('PHP, on its own server', '0'),
  php('PHP whose output is buffered, on its own server', '4096'),
]);

/** @param buffering - what is collected before it is sent, in bytes; in php.ini it is often 4096 */
function php(name: string, buffering: string): StreamingServer {
  return {
    name,
    async command() {
      const found = findProgram('php', 'apt-get install php-cli');
      if ('missing' in found) return found;
      return {
        path: found.path,
        values: (port, folder) => {
          const settings = [`sys_temp_dir=${folder}`, `output_buffering=${buffering}`];
          return [...settings.flatMap((each) => ['-d', each]), '-S', `127.0.0.1:${port}`, RECIPE];
        },
        environment: { PHP_CLI_SERVER_WORKERS: '20' },
      };
    },
  };
}
