import { createHash, timingSafeEqual } from 'node:crypto';

const HASHES: Record<string, string> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };
const MEMBER = /^\s*([a-z0-9*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*$/;

/** The Content-Digest header of a body. Source: RFC 9530 section 2. */
export const contentDigest = (body: Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

/**
 * Whether a Content-Digest header is that of the body: every digest of a known algorithm matches, and there is one.
 * Source: RFC 9530 section 2 and its registry, where only sha-256 and sha-512 are active.
 */
export function matchesDigest(header: string, body: Uint8Array): boolean {
  let known = 0;
  for (const member of header.split(',')) {
    const [, algorithm = '', encoded = ''] = MEMBER.exec(member) ?? [];
    if (!algorithm) return false;
    const hash = HASHES[algorithm];
    if (!hash) continue;
    const expected = createHash(hash).update(body).digest();
    const given = Buffer.from(encoded, 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    known += 1;
  }
  return known > 0;
}
