import { join } from 'node:path';
import { ROOT } from '../toolchain/program';

/** One process of the platform. */
export interface ServiceDefinition {
  name: string;
  /** Answers HTTP to the outside, on HTTP_PORT. */
  hasHttp: boolean;
  /** How much memory V8 takes before it collects: nine processes share a machine, so only those with hot paths get much. */
  memoryFlags: readonly string[];
  /** Operating-system priority, 0 to 19: who yields when all share a few cores. */
  niceness: number;
}

/**
 * Where much of what was made lived on for a while, as a stream does, V8 makes the next ones old from the start; all that such a one points to, a call with its
 * messages, then lives until the next great collection: 14 KB for each call of gRPC instead of 1 to 3.
 */
export const YOUNG_FIRST = '--no-allocation-site-pretenuring';
const SMALL = ['--max-semi-space-size=8', YOUNG_FIRST];
// A great collection stops all calls for tens of milliseconds; by itself V8 makes one every few seconds of load.
const LARGE = ['--max-semi-space-size=32', '--heap-growing-percent=150', YOUNG_FIRST];
// The gateway keeps little of what passes through it.
const MEDIUM = ['--max-semi-space-size=16', '--heap-growing-percent=150', YOUNG_FIRST];

/** Reports may wait while customers and seats are answered. */
const YIELDING = 10;

const service = (name: string, memoryFlags = SMALL, niceness = 0): ServiceDefinition => ({
  name,
  hasHttp: name === 'gateway',
  memoryFlags,
  niceness,
});

/** Every service, the one place that lists them: the supervisor, the compose file's test and the build read it. */
export const SERVICES: readonly ServiceDefinition[] = [
  service('customers', LARGE),
  service('campaigns'),
  service('arbitration', LARGE),
  service('delivery'),
  service('leads'),
  service('benefits', LARGE),
  service('merchants'),
  service('review', SMALL, YIELDING),
  service('gateway', MEDIUM),
];

/** Where one service listens on this machine. */
export interface ServicePorts {
  grpc: number;
  metrics: number;
  http?: number;
}

/** What all services of one deployment have in common. */
export interface DeploymentSettings {
  mongodbUri: string;
  natsUrl: string;
  keysFile: string;
  dataDir: string;
  nodeEnv: string;
  logLevel: string;
}

/** The name under which a service is told where another one answers gRPC. */
export const peerVariable = (name: string): string => `${name.toUpperCase()}_GRPC_URL`;

/** The environment contract of a service: everything that it is told from outside. */
export function serviceEnvironment(
  definition: ServiceDefinition,
  ports: ReadonlyMap<string, ServicePorts>,
  settings: DeploymentSettings,
): Record<string, string> {
  const own = ports.get(definition.name);
  if (own === undefined) throw new Error(`no ports for ${definition.name}`);
  const peers = [...ports]
    .filter(([name]) => name !== definition.name)
    .map(([name, { grpc }]) => [peerVariable(name), `127.0.0.1:${grpc}`]);
  return {
    SERVICE_NAME: definition.name,
    NODE_ENV: settings.nodeEnv,
    MONGODB_URI: settings.mongodbUri,
    NATS_URL: settings.natsUrl,
    GRPC_PORT: String(own.grpc),
    METRICS_PORT: String(own.metrics),
    ...(own.http === undefined ? {} : { HTTP_PORT: String(own.http) }),
    ...Object.fromEntries(peers),
    TIDEGATE_KEYS_FILE: settings.keysFile,
    TIDEGATE_DATA_DIR: settings.dataDir,
    // Development alone: whoever reaches a port may look at its contracts.
    ...(settings.nodeEnv === 'development' ? { TIDEGATE_PROTO_DIR: join(ROOT, 'proto') } : {}),
    LOG_LEVEL: settings.logLevel,
  };
}
