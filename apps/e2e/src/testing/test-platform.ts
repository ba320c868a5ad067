import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client, type GrpcService } from '@tidegate/grpc';
import { DataFolder, findFreePort } from '@tidegate/infra';
import { MessageBus } from '@tidegate/messaging';
import { event, subjectOfType, type EventType } from '@tidegate/mongo';
import { asActor, eventually, headOffice } from '@tidegate/testing';
import { devTokenIssuer, type IssueDevToken } from '../../../../tools/up/dev-token';
import type { UpOptions } from '../../../../tools/up/options';
import { Platform, type PlatformEndpoints } from '../../../../tools/up/platform';

const root = join(__dirname, '..', '..', '..', '..');

type TestPlatformOptions = Pick<UpOptions, 'services' | 'hasCrashPoints' | 'environment'>;

/** All services as processes of their own, on a database and broker that a test may kill. */
export class TestPlatform {
  gatewayUrl = '';
  issueToken!: IssueDevToken;
  private readonly closers: (() => unknown)[] = [];
  private busOnce: Promise<MessageBus> | undefined;

  private constructor(
    private readonly dataDir: string,
    private readonly folder: DataFolder,
    private readonly platform: Platform,
  ) {}

  /** All services, or some; with crash points, each can be armed to end itself (`libs/crash-points`). */
  static async start({ environment: more, ...some }: TestPlatformOptions = {}): Promise<TestPlatform> {
    const dataDir = mkdtempSync(join(tmpdir(), 'tidegate-e2e-'));
    const folder = await DataFolder.claim(dataDir, () => undefined);
    // A random one: two platforms that start at once would both take the first one that is free.
    const port = await findFreePort();
    const environment = { CRASH_FOLDER: join(dataDir, 'crashes'), ...more };
    // The global setup has built them.
    const built = { hasStory: false, exitsAfterStory: false, areServicesBuilt: true };
    const own = { ...built, hasPrivateInfra: true, environment };
    const options = { root, dataDir, port, ...own, ...some };
    const test = new TestPlatform(dataDir, folder, new Platform(options, folder, () => undefined));
    // Tests are quiet, but what a service says goes to its file, whose end is shown when it does not start.
    const { LOG_LEVEL: quiet } = process.env;
    process.env['LOG_LEVEL'] = process.env['E2E_LOG_LEVEL'] ?? 'warn';
    try {
      const place = await test.platform.start();
      test.gatewayUrl = place.gatewayUrl;
      const issueToken = await devTokenIssuer(place.keysFile);
      if (!issueToken) throw new Error('no development keys');
      test.issueToken = issueToken;
      return test;
    } catch (error) {
      await test.stop();
      throw error;
    } finally {
      process.env['LOG_LEVEL'] = quiet;
    }
  }

  get crashFolder(): string {
    return join(this.dataDir, 'crashes');
  }

  endpoints(): Promise<PlatformEndpoints> {
    return this.platform.endpoints();
  }

  /** A gRPC client of one service, calling as head-office staff, or as another kind of caller. */
  async client<S extends GrpcService>(
    name: string,
    service: S,
    deadlineMs = 60_000,
    actorId = headOffice.id,
    kind = headOffice.kind,
  ): Promise<Client<S>> {
    const { services } = await this.endpoints();
    const url = services.find((one) => one.name === name)?.grpcUrl;
    if (!url) throw new Error(`${name} does not run`);
    const client = createClient(service, url, { deadlineMs });
    this.closers.push(() => client.close());
    return asActor<S>(client, { ...headOffice, kind, id: actorId });
  }

  /** Ends a service the hard way; the supervisor starts it again on the same port. */
  async kill(name: string): Promise<void> {
    // It may just be coming up again after the last time.
    await eventually(async () => {
      const { services } = await this.endpoints();
      const pid = services.find((one) => one.name === name)?.pid;
      if (!pid) throw new Error(`${name} does not run`);
      process.kill(pid, 'SIGKILL');
    });
  }

  /** Ends the broker the hard way and starts it again on the same data. */
  async killNats(): Promise<void> {
    const { infra } = await this.endpoints();
    if (!infra.nats) throw new Error('the broker is not ours to kill');
    await infra.nats.kill('SIGKILL');
    await infra.nats.start();
  }

  /** Publishes events as a service would. */
  async publish<T>(type: EventType<T>, data: T[], messageId: string): Promise<void> {
    const events = data.map((item, index) => event(type, `${messageId}-${index}`, item));
    await this.publishRaw(type, JSON.stringify(events), messageId);
  }

  /** Publishes bytes that need not be events at all. */
  async publishRaw<T>(type: EventType<T>, body: string, messageId: string): Promise<void> {
    const bus = await this.bus();
    await bus.publish(subjectOfType(type.$type), body, { messageId });
  }

  /** Called before the platform ends. */
  onStop(close: () => unknown): void {
    this.closers.push(close);
  }

  async stop(): Promise<void> {
    for (const close of this.closers) await close();
    await this.platform.stop();
    this.folder.release();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private bus(): Promise<MessageBus> {
    this.busOnce ??= this.endpoints().then(async ({ natsUrl }) => {
      const bus = await MessageBus.connect(natsUrl, { name: 'e2e' });
      this.closers.push(() => bus.close());
      return bus;
    });
    return this.busOnce;
  }
}

/**
 * Repeats a call with the same request until it is answered: what a careful client does after a lost answer. A service that was killed needs
 * a while to come back, longer on a busy machine.
 */
export async function untilAnswered<T>(call: () => Promise<T>, timeoutMs = 150_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const { code } = error as { code?: string };
      const mayPass =
        code === 'UNAVAILABLE' || code === 'DEADLINE_EXCEEDED' || code === 'ABORTED' || code === 'INTERNAL';
      if (!mayPass || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
