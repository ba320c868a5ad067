import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
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

const VERSION = 'ta2';
/** Tokens of before were signed and could be read by who showed them; they are good until they end. */
const SIGNED_VERSION = 'ta1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

type Content = [...[string, string, TrafficDirection, string, string, string], ...[number, number]];

/** The key of tokens: derived, so that no token can be taken for another signed thing of the platform. */
export const attributionKey = (codeSigning: string): Buffer =>
  createHmac('sha256', Buffer.from(codeSigning, 'base64')).update('attribution-token').digest();

/**
 * `ta2.<sealed content>`: whoever knows the key can read and check it without asking anyone; to the till that scans it, it says nothing
 * of the customer.
 * Source: AES-256-GCM with a random nonce, NIST SP 800-38D.
 */
export function sealAttribution(attribution: Attribution, key: Buffer): string {
  const { tokenId, planId, direction, sourceId, placeId, customerId, useLimit, expiresAt } = attribution;
  const seconds = Math.floor(expiresAt.getTime() / 1_000);
  const content: Content = [tokenId, planId, direction, sourceId, placeId, customerId, useLimit, seconds];
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(key), iv).setAAD(Buffer.from(VERSION));
  const body = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
}

/**
 * What a token says, when it was made here.
 * @throws ATTRIBUTION_TOKEN_INVALID
 */
export function readAttribution(token: string, key: Buffer): Attribution {
  const [version, encoded, ...rest] = token.split('.');
  const content = version === VERSION ? sealedContent(encoded, rest, key) : signedContent(version, encoded, rest, key);
  const [tokenId, planId, direction, sourceId, placeId, customerId, useLimit, seconds] = content;
  const expiresAt = new Date(seconds * 1_000);
  return { tokenId, planId, direction, sourceId, placeId, customerId, useLimit, expiresAt };
}

/** @throws ATTRIBUTION_TOKEN_EXPIRED */
export function requireLiving({ expiresAt }: Attribution, now: Date): void {
  if (now >= expiresAt) throw refused('ATTRIBUTION_TOKEN_EXPIRED', 'This token is out of date.');
}

export const tokenUsed = () => refused('ATTRIBUTION_TOKEN_USED', 'This token was used before.');

function sealedContent(encoded = '', rest: string[], key: Buffer): Content {
  const sealed = Buffer.from(encoded, 'base64url');
  // base64url has more than one spelling of the same bytes.
  const isOurSpelling = rest.length === 0 && sealed.toString('base64url') === encoded;
  if (!isOurSpelling || sealed.length <= IV_BYTES + TAG_BYTES) throw invalidToken();
  const decipher = createDecipheriv(CIPHER, sealingKey(key), sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(VERSION))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const body = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(body.toString('utf8')) as Content;
  } catch {
    throw invalidToken();
  }
}

function signedContent(version = '', encoded = '', [signature = '', ...rest]: string[], key: Buffer): Content {
  if (version !== SIGNED_VERSION || encoded === '' || rest.length > 0) throw invalidToken();
  // Compared as text: base64url has more than one spelling of the same bytes.
  const expected = Buffer.from(createHmac('sha256', key).update(`${version}.${encoded}`).digest('base64url'));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalidToken();
  return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Content;
}

/** A key of its own, so that what seals signs nothing. */
const sealingKey = (key: Buffer): Buffer => createHmac('sha256', key).update('attribution-token-content').digest();

const invalidToken = () => refused('ATTRIBUTION_TOKEN_INVALID', 'This is not one of our attribution tokens.');
