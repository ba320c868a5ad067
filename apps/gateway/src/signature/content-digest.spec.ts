import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { contentDigest, matchesDigest } from './content-digest';

const BODY = Buffer.from('{"hello": "world"}\n');
// Source: RFC 9530, appendix D.
const SHA_256 = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
const SHA_512 = `sha-512=:${createHash('sha512').update(BODY).digest('base64')}:`;

it('is that of the standard’s own example', () => expect(contentDigest(BODY)).toBe(SHA_256));

it.each([SHA_256, SHA_512, `${SHA_256}, ${SHA_512}`, `unixsum=:AAAA:, ${SHA_256}`])('matches %s', (header) => {
  expect(matchesDigest(header, BODY)).toBe(true);
});

it.each([
  '',
  'sha-256=:AAAA:',
  SHA_256.replaceAll(':', ''),
  'unixsum=:AAAA:',
  `${SHA_256}, sha-512=:AAAA:`,
  `${SHA_256},`,
  `SHA-256=${SHA_256.slice(8)}`,
])('does not match %p', (header) => {
  expect(matchesDigest(header, BODY)).toBe(false);
});

it('matches the body it is of, and no other', () => {
  const bodies = fc.uint8Array({ minLength: 1, maxLength: 64 });
  fc.assert(
    fc.property(bodies, fc.nat(), (body, at) => {
      const header = contentDigest(body);
      expect(matchesDigest(header, body)).toBe(true);
      const altered = Uint8Array.from(body);
      altered[at % body.length]! ^= 1;
      expect(matchesDigest(header, altered)).toBe(false);
    }),
  );
});
