import { createHash } from 'node:crypto';

// Our own namespace, so that ids never meet those that others derive from the same names.
const NAMESPACE = Buffer.from('7b0f4c5e2d5a4a0c9d5d0f9b8a1c6e35', 'hex');
const CUSTOMER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The customer id that belongs to a core-bank id: the same one on every import, so that repeats need no look-up by name.
 * Source: RFC 9562, UUID version 5.
 */
export function customerIdOf(externalId: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(externalId, 'utf8').digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether a subject has the form of a customer id; anything else is read as an external id. */
export const looksLikeCustomerId = (subject: string): boolean => subject.length === 36 && CUSTOMER_ID.test(subject);
