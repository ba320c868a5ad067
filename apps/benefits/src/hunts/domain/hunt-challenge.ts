import { createHmac, timingSafeEqual } from 'node:crypto';
import { refused } from '@tidegate/errors';

/** Long enough to walk the last steps and press a button. */
export const CHALLENGE_MS = 60_000;

/** Whom a challenge is for. */
export interface ChallengeOwner {
  huntId: string;
  customerId: string;
}

/** What a genuine challenge says. */
export interface Challenge {
  nonce: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** `<nonce>.<time of issue>.<signature>`: stored nowhere until it is used. */
export function issueChallenge(
  owner: ChallengeOwner,
  nonce: string,
  key: Buffer,
  now: Date,
): { challenge: string; expiresAt: Date } {
  const issued = now.getTime().toString(36);
  return {
    challenge: [nonce, issued, sign(owner, nonce, issued, key)].join('.'),
    expiresAt: new Date(now.getTime() + CHALLENGE_MS),
  };
}

/** @throws CHALLENGE_INVALID when it was not issued to this customer for this hunt, CHALLENGE_EXPIRED */
export function readChallenge(text: string, owner: ChallengeOwner, key: Buffer, now: Date): Challenge {
  const [nonce = '', issued = '', signature = ''] = text.split('.');
  const expected = Buffer.from(sign(owner, nonce, issued, key));
  const given = Buffer.from(signature);
  const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isGenuine || text !== [nonce, issued, signature].join('.')) {
    throw refused('CHALLENGE_INVALID', 'This is not a challenge of this hunt for this customer.');
  }
  const issuedAt = new Date(Number.parseInt(issued, 36));
  const expiresAt = new Date(issuedAt.getTime() + CHALLENGE_MS);
  if (now > expiresAt) throw refused('CHALLENGE_EXPIRED', 'The challenge is over; ask for a fresh one.');
  return { nonce, issuedAt, expiresAt };
}

const sign = ({ huntId, customerId }: ChallengeOwner, nonce: string, issued: string, key: Buffer): string =>
  createHmac('sha256', key)
    .update(`hunt-challenge|${JSON.stringify([huntId, customerId, nonce, issued])}`)
    .digest('base64url');
