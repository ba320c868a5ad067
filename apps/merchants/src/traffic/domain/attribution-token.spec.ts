import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { attributionKey, readAttribution, requireLiving, sealAttribution, type Attribution } from './attribution-token';

const key = attributionKey(Buffer.alloc(32, 1).toString('base64'));
const attribution: Attribution = {
  tokenId: 't-1',
  planId: 'autumn',
  direction: 'app_to_store',
  sourceId: 'app',
  placeId: 'noodle-bar-1',
  customerId: 'c-1',
  useLimit: 1,
  expiresAt: new Date('2026-11-22T05:00:00Z'),
};
/** As tokens were made before their content was sealed. */
const signedToken = (by = key): string => {
  const { tokenId, planId, direction, sourceId, placeId, customerId, useLimit, expiresAt } = attribution;
  const content = [tokenId, planId, direction, sourceId, placeId, customerId, useLimit, expiresAt.getTime() / 1_000];
  const encoded = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `ta1.${encoded}.${createHmac('sha256', by).update(`ta1.${encoded}`).digest('base64url')}`;
};
const refusedWith = (reason: string) => expect.objectContaining({ reason }) as Error;

it('tells what was sealed, until it ends', () => {
  const token = sealAttribution(attribution, key);
  expect(readAttribution(token, key)).toEqual(attribution);
  const justBefore = new Date(attribution.expiresAt.getTime() - 1);
  expect(() => requireLiving(attribution, justBefore)).not.toThrow();
  expect(() => requireLiving(attribution, attribution.expiresAt)).toThrow(refusedWith('ATTRIBUTION_TOKEN_EXPIRED'));
});

it('says nothing to who cannot open it', () => {
  const token = sealAttribution(attribution, key);
  const bytes = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  for (const text of [token, ...bytes]) {
    for (const told of ['c-1', 'autumn', 'noodle-bar-1']) expect(text).not.toContain(told);
  }
  expect(sealAttribution(attribution, key)).not.toBe(token);
});

it('reads a token of before contents were sealed', () => {
  expect(readAttribution(signedToken(), key)).toEqual(attribution);
});

it('refuses what another key made', () => {
  const other = attributionKey(Buffer.alloc(32, 2).toString('base64'));
  for (const token of [sealAttribution(attribution, other), signedToken(other)]) {
    expect(() => readAttribution(token, key)).toThrow(refusedWith('ATTRIBUTION_TOKEN_INVALID'));
  }
});

it.each([
  ['sealed', sealAttribution(attribution, key)],
  ['signed', signedToken()],
])('refuses a %s token that was altered anywhere', (_, token) => {
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'Aa0_-.Z9'), (at, character) => {
      fc.pre(token[at] !== character);
      const altered = token.slice(0, at) + character + token.slice(at + 1);
      expect(() => readAttribution(altered, key)).toThrow(refusedWith('ATTRIBUTION_TOKEN_INVALID'));
    }),
  );
});

it.each(['', 'ta1', 'ta1..', 'ta2', 'ta2.', 'ta2.a', 'ta2.a.b', 'ta3.a.b', 'ta1.a.b.c', 'x'.repeat(1_000)])(
  'refuses %p',
  (text) => {
    expect(() => readAttribution(text, key)).toThrow(refusedWith('ATTRIBUTION_TOKEN_INVALID'));
  },
);
