import { createHmac, timingSafeEqual } from 'node:crypto';
import { refused } from '@tidegate/errors';
import type { TrafficDirection } from './traffic-plan';

/** What an attribution token says: who led a customer where, by which plan. */
export interface Attribution {
  tokenId: string;
  planId: string;
  direction: TrafficDirection;
  /** "app", a store or an outlet's path. */
  sourceId: string;
  /** Where the customer is to come; empty for any place of the plan. */
  placeId: string;
  /** Whose token it is; empty for whoever shows it. */
  customerId: string;
  /** How many customers may come with it. */
  useLimit: number;
  expiresAt: Date;
}

const VERSION = 'ta1';

/** The key that signs tokens: derived, so that no token can be taken for another signed thing of the platform. */
export const attributionKey = (codeSigning: string): Buffer =>
  createHmac('sha256', Buffer.from(codeSigning, 'base64')).update('attribution-token').digest();

/** `ta1.<content>.<signature>`: whoever knows the key can check it without asking anyone. */
export function signAttribution(attribution: Attribution, key: Buffer): string {
  const { tokenId, planId, direction, sourceId, placeId, customerId, useLimit, expiresAt } = attribution;
  const seconds = Math.floor(expiresAt.getTime() / 1_000);
  const content = [tokenId, planId, direction, sourceId, placeId, customerId, useLimit, seconds];
  const encoded = Buffer.from(JSON.stringify(content)).toString('base64url');
  return [VERSION, encoded, sign(encoded, key)].join('.');
}

/**
 * What a token says, when it was signed here.
 * @throws ATTRIBUTION_TOKEN_INVALID
 */
export function readAttribution(token: string, key: Buffer): Attribution {
  const [version, encoded, signature, ...rest] = token.split('.');
  if (version !== VERSION || !encoded || !signature || rest.length > 0) throw invalidToken();
  // Compared as text: base64url has more than one spelling of the same bytes.
  const expected = Buffer.from(sign(encoded, key));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalidToken();
  const content = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as [
    ...[string, string, TrafficDirection, string, string, string],
    ...[number, number],
  ];
  const [tokenId, planId, direction, sourceId, placeId, customerId, useLimit, seconds] = content;
  const expiresAt = new Date(seconds * 1_000);
  return { tokenId, planId, direction, sourceId, placeId, customerId, useLimit, expiresAt };
}

/** @throws ATTRIBUTION_TOKEN_EXPIRED */
export function requireLiving({ expiresAt }: Attribution, now: Date): void {
  if (now >= expiresAt) throw refused('ATTRIBUTION_TOKEN_EXPIRED', 'This token is out of date.');
}

export const tokenUsed = () => refused('ATTRIBUTION_TOKEN_USED', 'This token was used before.');

const sign = (encoded: string, key: Buffer): string =>
  createHmac('sha256', key).update(`${VERSION}.${encoded}`).digest('base64url');

const invalidToken = () => refused('ATTRIBUTION_TOKEN_INVALID', 'This is not one of our attribution tokens.');
