import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify, type JWK } from 'jose';
import { ensureDevKeys, generateDevKeys, type DevKeys } from './dev-keys';
import { devTokenIssuer, writeDevTokens } from './dev-token';

describe('development keys', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-keys-'));
    file = join(folder, 'made', 'dev-keys.json');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are random secrets of 32 bytes', () => {
    const [one, other] = [generateDevKeys(), generateDevKeys()];
    for (const name of ['codeSigning', 'webhookSigning', 'fieldEncryption'] as const) {
      expect(Buffer.from(one[name], 'base64')).toHaveLength(32);
      expect(one[name]).not.toBe(other[name]);
    }
    expect(one.codeSigning).not.toBe(one.webhookSigning);
    expect(one.tokenSigning.d).not.toBe(other.tokenSigning.d);
  });

  it('are made once, for their owner only', () => {
    expect(ensureDevKeys(file, 'development')).toBe(true);
    const made = readFileSync(file, 'utf8');
    expect(ensureDevKeys(file, 'test')).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(made);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are refused in production', () => {
    expect(() => ensureDevKeys(file, 'production')).toThrow('refused in production');
  });

  it('sign tokens that their public half verifies', async () => {
    ensureDevKeys(file, 'development');
    const { tokenSigning } = JSON.parse(readFileSync(file, 'utf8')) as DevKeys;
    const { d: _private, ...publicKey } = tokenSigning;
    const issue = await devTokenIssuer(file);
    if (issue === null) throw new Error('no issuer');
    const tokens = await writeDevTokens(join(folder, 'tokens.json'), issue);
    expect(Object.keys(tokens)).toEqual(['admin', 'maker', 'checker', 'agent', 'intake']);
    const keySet = createLocalJWKSet({ keys: [publicKey as JWK] });
    const { payload } = await jwtVerify(tokens['admin'] ?? '', keySet, {
      audience: 'tidegate',
      issuer: 'tidegate-dev',
    });
    expect(payload).toMatchObject({ sub: 'dev-admin', kind: 'staff', roles: ['admin'], org: 'hq' });
  });

  it('of a deployment of its own issue no tokens', async () => {
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...generateDevKeys(), isDevelopment: false }));
    expect(await devTokenIssuer(join(folder, 'own.json'))).toBeNull();
  });
});
