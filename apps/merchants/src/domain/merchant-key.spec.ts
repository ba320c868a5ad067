import { generateKeyPairSync } from 'node:crypto';
import { ed25519Pem } from '../testing/merchants.factory';
import { endAfter, LIVE_KEYS_MAX, normalPublicKey, registerKey, requireLiveKey, requireOtherKey } from './merchant-key';
import { SIGNATURE_LIFE_MAX_MS, signatureMark } from './request-signature';

const { publicKeyPem, privateKeyPem } = ed25519Pem();
const offered = { keyId: 'key-1', merchantId: 'noodle-bar', publicKeyPem };

describe('merchant key', () => {
  it('gives the same key one form, however it is laid out', () => {
    expect(normalPublicKey(`\n${publicKeyPem.replaceAll('\n', '\r\n')}\n`)).toBe(publicKeyPem);
  });

  it.each([
    ['text', 'not a key'],
    ['a private key', privateKeyPem],
    ['a broken block', publicKeyPem.replace('MCow', 'AAAA')],
    [
      'another algorithm',
      String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' })),
    ],
  ])('refuses %s', (_, pem) => {
    expect(() => normalPublicKey(pem)).toThrow(expect.objectContaining({ reason: 'KEY_INVALID' }));
  });

  it('registers a key once and never changes it', () => {
    const key = registerKey(offered, null, 0);
    expect(registerKey(offered, key, LIVE_KEYS_MAX)).toBe(key);
    const other = { ...offered, publicKeyPem: ed25519Pem().publicKeyPem };
    expect(() => registerKey(other, key, 1)).toThrow(expect.objectContaining({ reason: 'KEY_EXISTS' }));
    expect(() => registerKey({ ...offered, merchantId: 'tea-house' }, key, 1)).toThrow(
      expect.objectContaining({ reason: 'KEY_EXISTS' }),
    );
    expect(() => registerKey(offered, { ...key, isRevoked: true }, 1)).toThrow(
      expect.objectContaining({ reason: 'KEY_REVOKED' }),
    );
  });

  it('does not let a key come back that ends or has ended, nor take its own place', () => {
    const key = registerKey(offered, null, 0);
    for (const expiresAt of ['2026-11-21T00:00:00Z', '2026-11-23T00:00:00Z'].map((at) => new Date(at))) {
      expect(() => registerKey(offered, { ...key, expiresAt }, 1)).toThrow(
        expect.objectContaining({ reason: 'KEY_ROTATED_OUT', metadata: { expiresAt: expiresAt.toISOString() } }),
      );
    }
    expect(() => requireOtherKey('key-1', 'key-1')).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
    expect(() => requireOtherKey('', 'key-1')).not.toThrow();
  });

  it('limits live keys', () => {
    expect(registerKey(offered, null, LIVE_KEYS_MAX - 1).isRevoked).toBe(false);
    expect(() => registerKey(offered, null, LIVE_KEYS_MAX)).toThrow(
      expect.objectContaining({ reason: 'KEY_LIMIT_REACHED' }),
    );
  });

  const now = new Date('2026-11-22T00:00:00Z');
  const notFound = expect.objectContaining({ reason: 'KEY_NOT_FOUND' }) as Error;

  it('hides revoked keys', () => {
    expect(() => requireLiveKey({ ...offered, isRevoked: true, expiresAt: null }, now)).toThrow(notFound);
    expect(() => requireLiveKey(null, now)).toThrow(notFound);
  });

  it('ends a rotated key with its overlap, and never later than before', () => {
    const key = registerKey(offered, null, 0);
    const rotated = endAfter(key, 'noodle-bar', 1_000, now);
    expect(requireLiveKey(rotated, new Date(now.getTime() + 999))).toBe(rotated);
    expect(() => requireLiveKey(rotated, new Date(now.getTime() + 1_000))).toThrow(notFound);
    expect(endAfter(rotated, 'noodle-bar', 60_000, now).expiresAt).toEqual(rotated.expiresAt);
    expect(() => endAfter(key, 'tea-house', 1_000, now)).toThrow(notFound);
    expect(() => endAfter({ ...key, isRevoked: true }, 'noodle-bar', 1_000, now)).toThrow(notFound);
  });
});

describe('request signature', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const after = (ms: number) => new Date(now.getTime() + ms);

  it('is named by key and nonce', () => {
    expect(signatureMark('a', 'b', after(1), now)).toBe(signatureMark('a', 'b', after(9), now));
    expect(signatureMark('a', 'b', after(1), now)).not.toBe(signatureMark('ab', '', after(1), now));
  });

  it('must be alive, and not for long', () => {
    expect(() => signatureMark('a', 'b', now, now)).toThrow(expect.objectContaining({ reason: 'SIGNATURE_EXPIRED' }));
    expect(() => signatureMark('a', 'b', after(SIGNATURE_LIFE_MAX_MS + 1), now)).toThrow(
      expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
    );
  });
});
