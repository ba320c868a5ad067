import { readFileSync } from 'node:fs';

/** Secrets of one deployment; the development set is generated on first start and refused in production. */
export interface ServiceKeys {
  /** Base64, 32 bytes: signs rotating redemption codes and gift links. */
  codeSigning: string;
  /** Base64, 32 bytes: encrypts personal fields at rest. */
  fieldEncryption: string;
  /** Keys that sealed fields before the last rotation; they still open. */
  fieldEncryptionPrevious?: string[];
  /** Base64, 32 bytes: derives webhook secrets. */
  webhookSigning: string;
  /** Private JWK of the development token issuer. */
  tokenSigning?: Record<string, unknown>;
  isDevelopment?: boolean;
}

export interface ServiceEnvInput {
  name: string;
  mongodbUri: string;
  natsUrl: string;
  /** `host:port` the gRPC server binds. */
  grpcBind: string;
  metricsPort?: number;
  dbPrefix?: string;
  busNamespace?: string;
  dataDir?: string;
  isProduction?: boolean;
  /** Folder of the contracts; where it is given, the service answers gRPC reflection. */
  protoDir?: string;
  peerUrls?: Record<string, string>;
  keys?: ServiceKeys;
  keysFile?: string;
}

/** What a service is told from outside, read and checked once. */
export class ServiceEnv {
  readonly name: string;
  readonly mongodbUri: string;
  readonly natsUrl: string;
  readonly grpcBind: string;
  readonly metricsPort: number | undefined;
  readonly database: string;
  readonly busNamespace: string;
  readonly dataDir: string | undefined;
  readonly isProduction: boolean;
  readonly protoDir: string | undefined;
  private readonly peerUrls: Record<string, string>;
  private loadedKeys: ServiceKeys | undefined;
  private readonly keysFile: string | undefined;

  constructor(input: ServiceEnvInput) {
    this.name = input.name;
    this.mongodbUri = input.mongodbUri;
    this.natsUrl = input.natsUrl;
    this.grpcBind = input.grpcBind;
    this.metricsPort = input.metricsPort;
    this.database = `${input.dbPrefix ?? 'tidegate_'}${input.name}`;
    this.busNamespace = input.busNamespace ?? '';
    this.dataDir = input.dataDir;
    this.isProduction = input.isProduction ?? false;
    this.protoDir = input.protoDir;
    this.peerUrls = input.peerUrls ?? {};
    this.loadedKeys = input.keys;
    this.keysFile = input.keysFile;
  }

  /** @throws Error naming the variable that is missing or malformed. */
  static fromProcess(name: string, env: NodeJS.ProcessEnv = process.env): ServiceEnv {
    const peerUrls: Record<string, string> = {};
    for (const [key, value] of Object.entries(env)) {
      const peer = /^([A-Z]+)_GRPC_URL$/.exec(key)?.[1];
      if (peer && value) peerUrls[peer.toLowerCase()] = value;
    }
    return new ServiceEnv({
      name,
      mongodbUri: required(env, 'MONGODB_URI'),
      natsUrl: required(env, 'NATS_URL'),
      grpcBind: `${env.GRPC_HOST ?? '127.0.0.1'}:${port(env, 'GRPC_PORT') ?? 0}`,
      metricsPort: port(env, 'METRICS_PORT'),
      dbPrefix: env.DB_PREFIX,
      busNamespace: env.BUS_NAMESPACE,
      dataDir: env.TIDEGATE_DATA_DIR,
      isProduction: env.NODE_ENV === 'production',
      protoDir: env.TIDEGATE_PROTO_DIR,
      keysFile: env.TIDEGATE_KEYS_FILE,
      peerUrls,
    });
  }

  /** Where another service answers gRPC. */
  peerUrl(peer: string): string {
    const url = this.peerUrls[peer];
    if (!url) throw new Error(`${peer.toUpperCase()}_GRPC_URL is not set`);
    return url;
  }

  get keys(): ServiceKeys {
    this.loadedKeys ??= this.readKeys();
    return this.loadedKeys;
  }

  private readKeys(): ServiceKeys {
    if (!this.keysFile) throw new Error('TIDEGATE_KEYS_FILE is not set');
    const keys = JSON.parse(readFileSync(this.keysFile, 'utf8')) as ServiceKeys;
    if (this.isProduction && keys.isDevelopment) {
      throw new Error('Development keys are refused in production: point TIDEGATE_KEYS_FILE at your own.');
    }
    return keys;
  }
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function port(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} is not a port: ${text}`);
  return value;
}
