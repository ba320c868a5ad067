import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person asked for on the command line. */
export interface UpOptions {
  root: string;
  dataDir: string;
  /** The gateway's port; null means 8080 or the next free one. */
  port: number | null;
  hasStory: boolean;
  exitsAfterStory: boolean;
  /** Own database and broker even when the environment names some: for tests that kill them. */
  hasPrivateInfra?: boolean;
  /** Only these services: for measuring one path alone. All of them when left out. */
  services?: readonly string[];
  /** Services that can be made to crash after any step, and are always started again (`libs/crash-points`): for tests. */
  hasCrashPoints?: boolean;
  /** The services are built already, as before the first journey: nobody asks again. */
  areServicesBuilt?: boolean;
  /** Told to every service besides, before all else: where neighbours are that a measurement plays. */
  environment?: Readonly<Record<string, string>>;
}

export const USAGE = `Usage: npm start -- [options]
  --no-story           only serve, do not play the demo story
  --exit-after-story   stop when the story has been played
  --data-dir <folder>  where databases, logs and keys are kept (default .tidegate)
  --port <number>      the gateway's HTTP port (default 8080 or the next free one)`;

/** @throws Error with one sentence when an option is unknown or malformed. */
export function parseOptions(args: string[], root: string): UpOptions {
  const { values } = parseArgs({
    args,
    options: {
      'no-story': { type: 'boolean', default: false },
      'exit-after-story': { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
      port: { type: 'string' },
    },
  });
  if (values['no-story'] && values['exit-after-story']) {
    throw new Error('--no-story and --exit-after-story exclude each other.');
  }
  return {
    root,
    dataDir: values['data-dir'] === undefined ? join(root, '.tidegate') : resolve(values['data-dir']),
    port: values.port === undefined ? null : parsePort(values.port),
    hasStory: !values['no-story'],
    exitsAfterStory: values['exit-after-story'],
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new Error(`--port ${text} is not a port number.`);
  return port;
}
