import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { natsConfig } from '@tidegate/infra';
import { SERVICES, YOUNG_FIRST, peerVariable, serviceEnvironment, type ServicePorts } from './services';

interface ComposeService {
  build?: { context: string; args: { SERVICE: string } };
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test?: string[] };
  depends_on?: Record<string, { condition: string }>;
}

interface Compose {
  services: Record<string, ComposeService>;
  configs: Record<string, { content: string }>;
  volumes: Record<string, unknown>;
}

const root = join(__dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const INFRASTRUCTURE = ['mongo', 'nats', 'keys'];
const names = SERVICES.map(({ name }) => name);
const { mongo, nats } = compose.services;

/** What the supervisor would tell this service. */
const contractOf = (name: string): string[] => {
  const ports = new Map<string, ServicePorts>(
    SERVICES.map((one) => [one.name, { grpc: 1, metrics: 2, ...(one.hasHttp ? { http: 3 } : {}) }]),
  );
  const settings = { mongodbUri: '', natsUrl: '', keysFile: '', dataDir: '', nodeEnv: '', logLevel: '' };
  const definition = SERVICES.find((one) => one.name === name);
  return definition === undefined ? [] : Object.keys(serviceEnvironment(definition, ports, settings));
};

describe('docker-compose.yml', () => {
  it('runs exactly the services of the platform', () => {
    const composed = Object.keys(compose.services).filter((name) => !INFRASTRUCTURE.includes(name));
    expect(composed.sort()).toEqual([...names].sort());
  });

  it('lists every app that is a service', () => {
    const apps = readdirSync(join(root, 'apps')).filter((name) =>
      existsSync(join(root, 'apps', name, 'src', 'main.ts')),
    );
    expect(names).toEqual(expect.arrayContaining(apps));
  });

  it.each(names)('gives %s its whole environment contract', (name) => {
    const service = compose.services[name];
    const environment = service?.environment ?? {};
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(contractOf(name)));
    expect(environment['SERVICE_NAME']).toBe(name);
    expect(service?.build).toEqual({ context: '.', args: { SERVICE: name } });
    for (const peer of names) {
      const port = compose.services[peer]?.environment?.['GRPC_PORT'];
      expect(environment[peerVariable(peer)]).toBe(`${peer}:${port}`);
    }
  });

  it.each(names)('starts %s after its database, broker and keys, with mounted volumes that exist', (name) => {
    const service = compose.services[name];
    expect(service?.depends_on).toEqual({
      mongo: { condition: 'service_healthy' },
      nats: { condition: 'service_healthy' },
      keys: { condition: 'service_completed_successfully' },
    });
    const mounts = new Map(
      service?.volumes?.map((mount) => mount.split(':').reverse().slice(-2).reverse() as [string, string]),
    );
    const { TIDEGATE_DATA_DIR, TIDEGATE_KEYS_FILE } = service?.environment ?? {};
    expect(mounts.get(name)).toBe(TIDEGATE_DATA_DIR);
    expect(TIDEGATE_KEYS_FILE?.startsWith(`${mounts.get('keys')}/`)).toBe(true);
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining([...mounts.keys()]));
  });

  it('listens on all addresses of its container, and outside on the loopback address only', () => {
    const outside = Object.values(compose.services).flatMap(({ ports }) => ports ?? []);
    const gateway = compose.services['gateway'];
    expect(outside).toEqual([`127.0.0.1:8080:${gateway?.environment?.['HTTP_PORT']}`]);
    expect(gateway?.environment).toMatchObject({ GRPC_HOST: '0.0.0.0', METRICS_HOST: '0.0.0.0', HTTP_HOST: '0.0.0.0' });
  });

  it('runs MongoDB as the replica set that the services connect to', () => {
    const set = mongo?.command?.[mongo.command.indexOf('--replSet') + 1];
    const uri = new URL(compose.services['benefits']?.environment?.['MONGODB_URI'] ?? '');
    expect(uri.searchParams.get('replicaSet')).toBe(set);
    expect(mongo?.healthcheck?.test?.join(' ')).toContain(
      `rs.initiate({ _id: '${set}', members: [{ _id: 0, host: '${uri.host}' }]`,
    );
  });

  it('runs NATS with the same limits as on one machine', () => {
    const lines = natsConfig(4222, '/data').trim().split('\n');
    const shared = lines.filter((line) => !line.startsWith('host:'));
    expect(compose.configs['nats']?.content.split('\n')).toEqual(expect.arrayContaining(shared));
    expect(nats?.command).toContain('/etc/nats/tidegate.conf');
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('takes the service as its argument', () => {
    expect(dockerfile).toMatch(/^ARG SERVICE$/m);
  });

  it('starts services with the option that they have on one machine', () => {
    expect(dockerfile).toContain(`exec node ${YOUNG_FIRST} `);
  });

  it('copies only what exists and is not ignored', () => {
    const ignored = read('.dockerignore').split('\n').filter(Boolean);
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      (match) => match[1]?.split(' ') ?? [],
    );
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) {
      expect([source, existsSync(join(root, source))]).toEqual([source, true]);
      expect(ignored).not.toContain(source);
    }
  });
});
