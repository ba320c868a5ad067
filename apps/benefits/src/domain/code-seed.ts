import { createHmac } from 'node:crypto';
import { refused } from '@tidegate/errors';
import { moveInstance, requireForTills, requireNotExpired, type Instance } from './instance';

/** How long a seed may be good. */
export const CODE_SEED_SECONDS_MIN = 60;
export const CODE_SEED_SECONDS_MAX = 7 * 24 * 3600;

const SIGNATURE_BYTES = 12;
/** Marks the epoch of a seed where other codes have a nonce; it is in no nonce. */
const EPOCH_MARK = '~';

/** The seed 核销种子 that a phone has of one benefit. The secret itself is stored nowhere. */
export interface CodeSeed {
  instanceId: string;
  /** Each new seed of an instance has a higher one, and the last one is good. */
  epoch: number;
  expiresAt: Date;
  /** When the instance expires: until then no epoch may come again. */
  keptUntil: Date;
}

export interface SeedOwner {
  instanceId: string;
  customerId: string;
  epoch: number;
}

/**
 * The secret from which a phone makes codes. It is made by HMAC from the platform's key, so that one secret tells nothing of
 * another instance, holder or epoch.
 */
export const seedSecret = ({ instanceId, customerId, epoch }: SeedOwner, key: Buffer): Buffer =>
  createHmac('sha256', key)
    .update(`code-seed|${JSON.stringify([instanceId, customerId, epoch])}`)
    .digest();

/**
 * What a code of a seed is signed with: HMAC over the number of the time step, as 8 bytes.
 * Source: RFC 6238 with HMAC-SHA-256; a scanned code carries 96 bits in place of RFC 4226's digits.
 */
export const seedSignature = (secret: Buffer, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  return createHmac('sha256', secret).update(counter).digest().subarray(0, SIGNATURE_BYTES).toString('base64url');
};

/** The epoch that a code names in place of a nonce; undefined for a code that the platform made itself. */
export function epochOf(nonce: string): number | undefined {
  if (!nonce.startsWith(EPOCH_MARK)) return undefined;
  const epoch = Number.parseInt(nonce.slice(EPOCH_MARK.length), 36);
  // One spelling for each epoch, else one code could be used under several names.
  return Number.isSafeInteger(epoch) && epoch > 0 && `${EPOCH_MARK}${epoch.toString(36)}` === nonce ? epoch : undefined;
}

/**
 * A new seed of an instance, in place of the one before.
 * @throws NOT_FOR_TILLS, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED
 */
export function issueSeed(
  instance: Instance,
  { before, validForMs, now }: { before: CodeSeed | null; validForMs: number; now: Date },
): CodeSeed {
  requireForTills(instance);
  moveInstance(instance, 'hold');
  requireNotExpired(instance, now);
  return {
    instanceId: instance.instanceId,
    epoch: (before?.epoch ?? 0) + 1,
    expiresAt: new Date(Math.min(now.getTime() + validForMs, instance.expiresAt.getTime())),
    keptUntil: instance.expiresAt,
  };
}

/**
 * Whether the seed that a code was made from is still the one.
 * @throws CODE_SEED_ENDED
 */
export function requireSeed(epoch: number, seed: CodeSeed | undefined, now: Date): void {
  if (seed?.epoch !== epoch || now >= seed.expiresAt) {
    throw refused('CODE_SEED_ENDED', 'This code is of a seed that has ended; the app has to ask for a new one.');
  }
}
