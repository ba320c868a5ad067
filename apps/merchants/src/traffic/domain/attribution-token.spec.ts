import fc from 'fast-check';
import { attributionKey, readAttribution, requireLiving, signAttribution, type Attribution } from './attribution-token';

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
const refusedWith = (reason: string) => expect.objectContaining({ reason }) as Error;

it('tells what was signed, until it ends', () => {
  const token = signAttribution(attribution, key);
  expect(readAttribution(token, key)).toEqual(attribution);
  const justBefore = new Date(attribution.expiresAt.getTime() - 1);
  expect(() => requireLiving(attribution, justBefore)).not.toThrow();
  expect(() => requireLiving(attribution, attribution.expiresAt)).toThrow(refusedWith('ATTRIBUTION_TOKEN_EXPIRED'));
});

it('refuses what another key signed', () => {
  const other = attributionKey(Buffer.alloc(32, 2).toString('base64'));
  const token = signAttribution(attribution, other);
  expect(() => readAttribution(token, key)).toThrow(refusedWith('ATTRIBUTION_TOKEN_INVALID'));
});

it('refuses a token that was altered anywhere', () => {
  const token = signAttribution(attribution, key);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'Aa0_-.Z9'), (at, character) => {
      fc.pre(token[at] !== character);
      const altered = token.slice(0, at) + character + token.slice(at + 1);
      expect(() => readAttribution(altered, key)).toThrow(refusedWith('ATTRIBUTION_TOKEN_INVALID'));
    }),
  );
});

it.each(['', 'ta1', 'ta1..', 'ta2.a.b', 'ta1.a.b.c', 'x'.repeat(1_000)])('refuses %p', (text) => {
  expect(() => readAttribution(text, key)).toThrow(refusedWith('ATTRIBUTION_TOKEN_INVALID'));
});
