import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify, type JWK } from 'jose';
import { ensureDevKeys, generateDevKeys, type DevKeys } from './dev-keys';
import { devTokenIssuer } from './dev-token';

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
    const token = await (await devTokenIssuer(file))({ sub: 'admin-1', role: 'admin' });
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [publicKey as JWK] }), {
      audience: 'tidegate',
    });
    expect(payload).toMatchObject({ sub: 'admin-1', role: 'admin', iss: 'tidegate-dev' });
  });
});
