import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choosePorts } from './ports';
import { SERVICES, serviceEnvironment, type DeploymentSettings } from './services';

const settings: DeploymentSettings = {
  mongodbUri: 'mongodb://m',
  natsUrl: 'nats://n',
  keysFile: '/keys.json',
  dataDir: '/data',
  nodeEnv: 'development',
  logLevel: 'info',
};

describe('services', () => {
  it.each(SERVICES)('$name is an app of its own scope', ({ name }) => {
    const project = JSON.parse(
      readFileSync(join(__dirname, '..', '..', 'apps', name, 'project.json'), 'utf8'),
    ) as unknown;
    expect(project).toMatchObject({ name, tags: ['type:app', `scope:${name}`], targets: { build: {} } });
  });

  it('get options that this Node knows', () => {
    for (const { memoryFlags } of SERVICES) execFileSync(process.execPath, [...memoryFlags, '--eval', '0']);
  });

  it('are told where the others are, each on ports of its own', async () => {
    const ports = await choosePorts(SERVICES, 8080);
    const all = [...ports.values()].flatMap(({ grpc, metrics, http }) => [grpc, metrics, ...(http ? [http] : [])]);
    expect(new Set(all).size).toBe(all.length);

    const byName = new Map(SERVICES.map((one) => [one.name, serviceEnvironment(one, ports, settings)]));
    expect(byName.get('leads')).toMatchObject({
      SERVICE_NAME: 'leads',
      MONGODB_URI: 'mongodb://m',
      NATS_URL: 'nats://n',
      BENEFITS_GRPC_URL: `127.0.0.1:${byName.get('benefits')?.['GRPC_PORT']}`,
      TIDEGATE_KEYS_FILE: '/keys.json',
    });
    expect(byName.get('leads')).not.toHaveProperty('LEADS_GRPC_URL');
    expect(byName.get('leads')).not.toHaveProperty('HTTP_PORT');
    expect(byName.get('gateway')).toHaveProperty('HTTP_PORT', '8080');
  });
});
