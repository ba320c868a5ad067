import { join } from 'node:path';
import { pause, startInfra, type DataFolder, type Infra, type OnProgress } from '@tidegate/infra';
import { buildServices, bundlePath, presentServices } from './build-services';
import { ensureDevKeys } from './dev-keys';
import { limitLogs } from './log-limit';
import type { UpOptions } from './options';
import { chooseHttpPort, choosePorts } from './ports';
import { ServiceProcess } from './service-process';
import {
  SERVICES,
  serviceEnvironment,
  type DeploymentSettings,
  type ServiceDefinition,
  type ServicePorts,
} from './services';

const HEALTH_MS = 180_000;
const HEALTH_EVERY_MS = 50;
const TELL_EVERY_MS = 2_000;
// Together with the servers' own bound of four seconds a stop stays under ten.
const GATEWAY_STOP_MS = 2_000;
const SERVICE_STOP_MS = 3_500;
const INFRA_START_WAIT_MS = 2_000;

/** Where a running platform answers, for those who measure or test it from inside. */
export interface PlatformEndpoints {
  mongodbUri: string;
  natsUrl: string;
  /** From the start until database and broker were healthy. */
  infraStartedInMs: number;
  infra: Infra;
  services: { name: string; grpcUrl: string; pid: number | null }[];
}

/** Databases, broker and all services on one machine. */
export class Platform {
  private infra: Promise<Infra> | null = null;
  private services: ServiceProcess[] = [];
  private isStopping = false;
  private infraStartedInMs = 0;
  private logLimit: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: UpOptions,
    private readonly folder: DataFolder,
    private readonly tell: OnProgress,
  ) {}

  /** Builds and starts everything; returns the gateway's address when all services are healthy. */
  async start(): Promise<{ gatewayUrl: string; keysFile: string }> {
    const { root, port, services } = this.options;
    const present = presentServices(root).filter(({ name }) => services?.includes(name) ?? true);
    if (present.length === 0) throw new Error('There is no service with a src/main.ts under apps.');
    const missing = (services ? [] : SERVICES).filter((one) => !present.includes(one)).map(({ name }) => name);
    if (missing.length > 0) this.tell(`Without source, so not started: ${missing.join(', ')}`);
    const settings = this.settings();
    const httpPort = await chooseHttpPort(port);
    if (port === null && httpPort !== 8_080) this.tell(`Port 8080 is taken: the gateway listens on ${httpPort}`);
    const startedAt = performance.now();
    this.infra = startInfra({ dataDir: this.folder, onProgress: this.tell, isPrivate: this.options.hasPrivateInfra });
    void this.infra.then(() => (this.infraStartedInMs = performance.now() - startedAt)).catch(() => undefined);
    const [infra] = await Promise.all([this.infra, this.options.areServicesBuilt ? undefined : this.build(present)]);
    if (this.isStopping) throw new Error('Stopped while starting.');
    const ports = await choosePorts(SERVICES, httpPort);
    const all: DeploymentSettings = { ...settings, mongodbUri: infra.mongodbUri, natsUrl: infra.natsUrl };
    this.services = present.map((one) => this.process(one, ports, all));
    this.logLimit = limitLogs(this.services.map(({ spec }) => spec.logFile));
    for (const one of this.services) one.start();
    await this.waitForHealth();
    return { gatewayUrl: `http://127.0.0.1:${httpPort}`, keysFile: settings.keysFile };
  }

  /** @throws Error before it has started. */
  async endpoints(): Promise<PlatformEndpoints> {
    const infra = await this.infra;
    if (infra === null) throw new Error('The platform has not been started.');
    const { mongodbUri, natsUrl } = infra;
    const { infraStartedInMs } = this;
    const services = this.services.map(({ pid, spec }) => ({
      name: spec.name,
      grpcUrl: `127.0.0.1:${spec.environment['GRPC_PORT']}`,
      pid,
    }));
    return { mongodbUri, natsUrl, infraStartedInMs, infra, services };
  }

  /** Stops the gateway, then the other services, then databases and broker; safe to call while starting. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.logLimit);
    const [outer, inner] = [this.services.filter(isGateway), this.services.filter((one) => !isGateway(one))];
    await Promise.all(outer.map((one) => one.stop(GATEWAY_STOP_MS)));
    await Promise.all(inner.map((one) => one.stop(SERVICE_STOP_MS)));
    // One that is still being installed or started is ended by the folder's guard when this process leaves.
    const waiting = AbortSignal.timeout(INFRA_START_WAIT_MS);
    const givenUp = new Promise<null>((resolve) =>
      waiting.addEventListener('abort', () => resolve(null), { once: true }),
    );
    const infra = await Promise.race([this.infra?.catch(() => null), givenUp]);
    await infra?.stop();
  }

  private async build(present: ServiceDefinition[]): Promise<void> {
    await buildServices(this.options.root, present, this.folder, this.tell, this.options);
    this.tell('Services are built');
  }

  private settings(): Omit<DeploymentSettings, 'mongodbUri' | 'natsUrl'> {
    const nodeEnv = process.env['NODE_ENV'] ?? 'development';
    const own = process.env['TIDEGATE_KEYS_FILE'];
    const keysFile = own ?? join(this.folder.path, 'dev-keys.json');
    if (own === undefined && ensureDevKeys(keysFile, nodeEnv)) this.tell(`Made development keys: ${keysFile}`);
    return { keysFile, nodeEnv, dataDir: this.folder.path, logLevel: process.env['LOG_LEVEL'] ?? 'info' };
  }

  private process(
    definition: ServiceDefinition,
    ports: ReadonlyMap<string, ServicePorts>,
    settings: DeploymentSettings,
  ): ServiceProcess {
    const { name, memoryFlags, niceness } = definition;
    const spec = {
      name,
      bundle: bundlePath(this.options.root, name, this.options),
      cwd: this.options.root,
      environment: { ...serviceEnvironment(definition, ports, settings), ...this.options.environment },
      logFile: join(this.folder.path, 'logs', `${name}.log`),
      healthUrl: `http://127.0.0.1:${ports.get(name)?.metrics}/healthz`,
      memoryFlags,
      niceness,
      isAlwaysRestarted: this.options.hasCrashPoints,
    };
    return new ServiceProcess(spec, this.folder, this.tell, async () => (await this.infra)?.endTransactions());
  }

  private async waitForHealth(): Promise<void> {
    const endsAt = Date.now() + HEALTH_MS;
    let waiting = this.services;
    let toldAt = Date.now();
    while (waiting.length > 0 && !this.isStopping) {
      const healthy = await Promise.all(waiting.map((one) => one.isHealthy()));
      waiting = waiting.filter((_, index) => !healthy[index]);
      const names = waiting.map(({ spec }) => spec.name).join(', ');
      if (waiting.length > 0 && Date.now() > endsAt) {
        throw new Error(`Not healthy within ${HEALTH_MS / 1000} s: ${names}. See ${join(this.folder.path, 'logs')}.`);
      }
      if (waiting.length > 0 && Date.now() - toldAt > TELL_EVERY_MS) {
        this.tell(`Waiting for ${names}`);
        toldAt = Date.now();
      }
      await pause(HEALTH_EVERY_MS);
    }
    if (this.isStopping) throw new Error('Stopped while starting.');
    this.tell(`${this.services.length} services are up`);
  }
}

const isGateway = (one: ServiceProcess): boolean => one.spec.name === 'gateway';
