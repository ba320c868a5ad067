import { decodePageToken, decodeTimeToken, encodePageToken } from '@tidegate/mongo';
import fc from 'fast-check';
import { PageSeal } from './page-seal';

const seal = new PageSeal(Buffer.alloc(32, 1).toString('base64'));
const invalid = expect.objectContaining({ reason: 'PAGE_TOKEN_INVALID' }) as Error;

it('gives back the keys it sealed, and no page for none', () => {
  expect(seal.open('')).toBe('');
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (keys) => {
      expect(decodePageToken(seal.open(seal.seal(keys)))).toEqual(keys);
    }),
  );
  const at = new Date('2026-11-22T04:00:00Z');
  expect(decodeTimeToken(seal.open(seal.seal([at.toISOString(), 'id'])))).toEqual({ at, id: 'id' });
});

it('says nothing of the keys', () => {
  const token = seal.seal(['customer-1']);
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('customer');
  expect(token).not.toBe(seal.seal(['customer-1']));
});

it('refuses what it did not seal, altered tokens too', () => {
  const token = seal.seal(['customer-1', '2']);
  const other = new PageSeal(Buffer.alloc(32, 2).toString('base64')).seal(['customer-1', '2']);
  for (const foreign of [other, encodePageToken(['customer-1', '2']), 'x', token.slice(0, -4), `${token}AAAA`]) {
    expect(() => seal.open(foreign)).toThrow(invalid);
  }
  const bytes = Buffer.from(token, 'base64url');
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const altered = Buffer.from(bytes);
      altered[at]! ^= mask;
      expect(() => seal.open(altered.toString('base64url'))).toThrow(invalid);
    }),
  );
});
