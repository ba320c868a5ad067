import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceEnv } from './service-env';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

const complete = {
  MONGODB_URI: 'mongodb://127.0.0.1:1',
  NATS_URL: 'nats://127.0.0.1:2',
  GRPC_PORT: '3',
  METRICS_PORT: '4',
};
const keysFile = (content: object): string => {
  const file = join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

describe('ServiceEnv.fromProcess', () => {
  it('reads what a service is told', () => {
    const env = ServiceEnv.fromProcess('leads', { ...complete, BENEFITS_GRPC_URL: '127.0.0.1:5' });
    expect(env).toMatchObject({ database: 'tidegate_leads', grpcBind: '127.0.0.1:3', metricsPort: 4 });
    expect(env.peerUrl('benefits')).toBe('127.0.0.1:5');
    expect(() => env.peerUrl('review')).toThrow('REVIEW_GRPC_URL is not set');
  });

  it.each(['MONGODB_URI', 'NATS_URL'])('names %s when it is missing', (name) => {
    expect(() => ServiceEnv.fromProcess('leads', { ...complete, [name]: '' })).toThrow(`${name} is not set`);
  });

  it.each(['abc', '-1', '70000', '1.5'])('refuses port %s', (port) => {
    expect(() => ServiceEnv.fromProcess('leads', { ...complete, GRPC_PORT: port })).toThrow(
      `GRPC_PORT is not a port: ${port}`,
    );
  });
});

describe('keys', () => {
  const env = (content: object, nodeEnv: string) =>
    ServiceEnv.fromProcess('benefits', { ...complete, TIDEGATE_KEYS_FILE: keysFile(content), NODE_ENV: nodeEnv });

  it('refuses development keys in production', () => {
    expect(() => env({ codeSigning: 'x', isDevelopment: true }, 'production').keys).toThrow('refused in production');
    expect(env({ codeSigning: 'x' }, 'production').keys.codeSigning).toBe('x');
    expect(env({ codeSigning: 'x', isDevelopment: true }, 'development').keys.codeSigning).toBe('x');
  });
});
