import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { createClient, type Client, type GrpcService } from '../../libs/grpc/src/index';
import { DataFolder } from '../../libs/infra/src/index';
import { MessageBus } from '../../libs/messaging/src/index';
import { asActor, headOffice } from '../../libs/testing/src/index';
import { devTokenIssuer, type IssueDevToken } from '../up/dev-token';
import { Platform, type PlatformEndpoints } from '../up/platform';

export const root = join(__dirname, '..', '..');

/** The platform, or some of its services, in a data folder of its own, started when the first case needs it. */
export class BenchStack {
  startedInMs = 0;
  infraStartedInMs = 0;
  gatewayUrl = '';
  issueToken!: IssueDevToken;
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
  private platform: Platform | undefined;
  private folder: DataFolder | undefined;
  private readonly closers: (() => unknown)[] = [];

  constructor(
    private readonly tell: (line: string) => void,
    /** All of them when left out. */
    private readonly services?: readonly string[],
    /** Where neighbours are that a case plays itself. */
    private readonly environment?: Readonly<Record<string, string>>,
  ) {}

  async start(): Promise<void> {
    if (this.platform) return;
    const startedAt = performance.now();
    this.folder = await DataFolder.claim(this.dataDir, this.tell);
    const { dataDir, services, environment } = this;
    const options = { root, dataDir, port: null, hasStory: false, exitsAfterStory: false, services, environment };
    this.platform = new Platform(options, this.folder, this.tell);
    const place = await this.platform.start();
    this.infraStartedInMs = (await this.platform.endpoints()).infraStartedInMs;
    this.startedInMs = performance.now() - startedAt;
    this.gatewayUrl = place.gatewayUrl;
    const issueToken = await devTokenIssuer(place.keysFile);
    if (!issueToken) throw new Error('The bench needs development keys.');
    this.issueToken = issueToken;
  }

  async endpoints(): Promise<PlatformEndpoints> {
    await this.start();
    if (!this.platform) throw new Error('not started');
    return this.platform.endpoints();
  }

  /** A gRPC client of one service, calling as head-office staff unless said otherwise. */
  async client<S extends GrpcService>(
    name: string,
    service: S,
    { actor = headOffice, connections = 1 } = {},
  ): Promise<Client<S>> {
    const { services } = await this.endpoints();
    const url = services.find((one) => one.name === name)?.grpcUrl;
    if (!url) throw new Error(`${name} does not run`);
    const client = createClient(service, url, { deadlineMs: 60_000, connections });
    this.closers.push(() => client.close());
    return asActor<S>(client, actor);
  }

  /** The bare driver on a database of the bench's own, or on a service's. */
  async bareDatabase(name = 'tidegate_bench'): Promise<mongo.Db> {
    const { mongodbUri } = await this.endpoints();
    const client = await new mongoose.mongo.MongoClient(mongodbUri, { maxPoolSize: 24 }).connect();
    this.closers.push(() => client.close());
    return client.db(name);
  }

  async bus(): Promise<MessageBus> {
    const { natsUrl } = await this.endpoints();
    const bus = await MessageBus.connect(natsUrl, { name: 'bench' });
    this.closers.push(() => bus.close());
    return bus;
  }

  async stop(): Promise<void> {
    for (const close of this.closers) await close();
    await this.platform?.stop();
    this.folder?.release();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Runs a case on some of the services, alone with their database: what the others do meanwhile is not what it measures. */
export async function onServices<T>(
  services: readonly string[],
  tell: (line: string) => void,
  work: (stack: BenchStack) => Promise<T>,
  environment?: Readonly<Record<string, string>>,
): Promise<T> {
  const stack = new BenchStack(tell, services, environment);
  try {
    await stack.start();
    return await work(stack);
  } finally {
    await stack.stop();
  }
}
