import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'nats';
import type { ServerSpec } from './server-process';

const CHECK_MS = 5_000;

/** How to run NATS with JetStream in its own sub-folder, on the loopback address only. */
export function natsServer(command: string, port: number, dataDir: string): ServerSpec {
  const folder = join(dataDir, 'nats');
  mkdirSync(folder, { recursive: true });
  const configFile = join(folder, 'nats-server.conf');
  writeFileSync(configFile, natsConfig(port, join(folder, 'jetstream')));
  return {
    name: 'nats-server',
    command,
    args: ['--config', configFile],
    port,
    logFile: join(dataDir, 'logs', 'nats-server.log'),
    probe: () => checkNats(natsUrl(port)),
  };
}

export function natsUrl(port: number): string {
  return `nats://127.0.0.1:${port}`;
}

// A stream's `max_bytes` is reserved against max_file_store when it is made, used or not: the limits that hold are the
// streams' own, and a small total would refuse them.
/** The server's configuration file. */
export function natsConfig(port: number, storeDir: string): string {
  return [
    'server_name: tidegate',
    'host: 127.0.0.1',
    `port: ${port}`,
    'max_payload: 8MB',
    `jetstream { store_dir: ${JSON.stringify(storeDir)}, max_memory_store: 256MB, max_file_store: 4TB }`,
    '',
  ].join('\n');
}

/** Fails unless the server answers and has JetStream. */
export async function checkNats(url: string): Promise<void> {
  const connection = await connect({ servers: url, timeout: CHECK_MS, reconnect: false, maxReconnectAttempts: 0 });
  try {
    const manager = await connection.jetstreamManager({ timeout: CHECK_MS });
    await manager.getAccountInfo();
  } finally {
    await connection.close();
  }
}
