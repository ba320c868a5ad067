import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceEnv } from '@tidegate/service';
import { readGatewayConfig } from './gateway.config';

const folder = mkdtempSync(join(tmpdir(), 'gateway-config-'));
const keysFile = join(folder, 'keys.json');
const tokenSigning = { kty: 'OKP', alg: 'EdDSA' };
beforeAll(() => writeFileSync(keysFile, JSON.stringify({ isDevelopment: true, tokenSigning })));
afterAll(() => rmSync(folder, { recursive: true }));

const OIDC = {
  OIDC_ISSUER: 'https://login.bank.example',
  OIDC_JWKS_URL: 'https://login.bank.example/jwks',
  OIDC_AUDIENCE: 'tidegate',
};
const read = (variables: Record<string, string>, hasKeys = true) => {
  const common = { MONGODB_URI: 'mongodb://x', NATS_URL: 'nats://x' };
  const all = { ...common, ...(hasKeys && { TIDEGATE_KEYS_FILE: keysFile }), ...variables };
  return readGatewayConfig(ServiceEnv.fromProcess('gateway', all), all);
};

it('has sound defaults in development, with an issuer of its own', () => {
  expect(read({})).toMatchObject({
    httpHost: '127.0.0.1',
    httpPort: 8_080,
    isProduction: false,
    isProxyTrusted: false,
    devSigningKey: tokenSigning,
  });
});

it('has no issuer of its own in production, and needs the bank’s', () => {
  expect(read({ NODE_ENV: 'production', ...OIDC }, false)).toMatchObject({
    isProduction: true,
    oidc: { audience: 'tidegate' },
  });
  expect(read({ NODE_ENV: 'production', ...OIDC }, false).devSigningKey).toBeUndefined();
  expect(() => read({ NODE_ENV: 'production' }, false)).toThrow('OIDC_ISSUER');
});

it('does not start in production with development keys', () => {
  expect(() => read({ NODE_ENV: 'production', ...OIDC })).toThrow('Development keys are refused in production');
});

it.each([
  [{ HTTP_PORT: '70000' }, 'HTTP_PORT'],
  [{ RATE_LIMIT_PER_SECOND: 'many' }, 'RATE_LIMIT_PER_SECOND'],
  [{ STREAMS_MAX: '0' }, 'STREAMS_MAX'],
  [{ OIDC_ISSUER: 'https://login.bank.example' }, 'OIDC_JWKS_URL'],
  [{ ...OIDC, OIDC_JWKS_URL: 'no url' }, 'OIDC_JWKS_URL'],
  [{ PUBLIC_URL: 'no url' }, 'Invalid URL'],
])('names what is wrong: %p', (variables, name) => {
  expect(() => read(variables as Record<string, string>)).toThrow(name);
});
