// RabbitMQ as a STOMP broker: a node of its own name, on ports and in a folder of its own, and nothing left at its end.

import { join } from 'node:path';
import { documented } from './documented.ts';
import { findProgram, freePort, startService, type FoundProgram, type Service } from './service.ts';

export interface Rabbit {
  readonly stompPort: number;
  /** Ends it, however often it is called. */
  stop(): Promise<void>;
  /** Starts it anew, on the same ports: what it knew is gone. */
  start(): Promise<void>;
}

/** The program itself; the command of Debian around it wants to be root, and its own folders. */
const PROGRAM = '/usr/lib/rabbitmq/bin/rabbitmq-server';

export function findRabbit(): FoundProgram {
  const found = findProgram('rabbitmq-server', 'apt-get install rabbitmq-server');
  return 'missing' in found ? found : { path: PROGRAM };
}

export async function startRabbit(path: string): Promise<Rabbit> {
  const [stompPort, nodes, names] = [await freePort(), await freePort(), await freePort()];
  let service: Service | undefined;
  await start();

  return {
    stompPort,
    async stop() {
      await service?.stop();
      service = undefined;
    },
    start,
  };

  async function start(): Promise<void> {
    service = await startService({
      path: '/bin/sh',
      files: {
        'rabbitmq.conf': documented('backends/orbited/rabbitmq.conf', {
          '127.0.0.1:61613': `127.0.0.1:${stompPort}`,
          // From the folder that it runs in.
          '/etc/rabbitmq/quiz.json': 'quiz.json',
        }),
        'quiz.json': documented('backends/orbited/rabbitmq.json', {}),
        enabled_plugins: '[rabbitmq_stomp].',
        'run.sh': script(nodes, names),
      },
      values: (folder) => [join(folder, 'run.sh'), folder, path],
      ports: [stompPort],
      says: 'Server startup complete',
      // Five seconds on a machine that does nothing else.
      patience: 60_000,
    });
  }
}

/** Its own epmd ends with it: that which Erlang starts by itself would stay. */
function script(nodes: number, names: number): string {
  return `
folder=$1
cd $folder
export HOME=$folder ERL_EPMD_PORT=${names} ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_NODENAME=encke@localhost RABBITMQ_DIST_PORT=${nodes} RABBITMQ_CONF_ENV_FILE=$folder/none
export RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf RABBITMQ_ADVANCED_CONFIG_FILE=$folder/none.config
export RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins RABBITMQ_PID_FILE=$folder/pid
export RABBITMQ_MNESIA_BASE=$folder/mnesia RABBITMQ_LOG_BASE=$folder/log RABBITMQ_LOGS=-
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
epmd -port ${names} -address 127.0.0.1 &
exec "$2"
`;
}
