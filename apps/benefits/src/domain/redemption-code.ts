import { createHmac, timingSafeEqual } from 'node:crypto';
import { refused } from '@tidegate/errors';
import { epochOf, seedSecret, seedSignature } from './code-seed';

/** A code changes this often. */
export const CODE_STEP_MS = 30_000;
/** A code is good for its own step and this many more, for slow hands and clocks that differ. */
const CODE_STEPS_GRACE = 1;
const SIGNATURE_BYTES = 12;

/** What a redemption code 核销码 says, before it is checked. */
export interface CodeContent {
  instanceId: string;
  /** Number of the time step it was made in. */
  step: number;
  /** Tells codes of one step apart, so that a fresh one can be shown after a sale was broken off; or the epoch of a phone's seed. */
  nonce: string;
  signature: string;
}

/** Whose code it is. Without the holder in it, a code shown before a gift would still take the benefit from its taker. */
export interface CodeOwner {
  instanceId: string;
  customerId: string;
}

/** `<instance id>.<step>.<nonce>.<signature>`: time-based and signed, so a till needs nothing but the code. */
export function makeCode(owner: CodeOwner, nonce: string, key: Buffer, now: Date): { code: string; expiresAt: Date } {
  const step = stepOf(now);
  return {
    code: [owner.instanceId, step.toString(36), nonce, sign({ ...owner, step, nonce }, key)].join('.'),
    expiresAt: new Date((step + 1 + CODE_STEPS_GRACE) * CODE_STEP_MS),
  };
}

/** @throws CODE_INVALID when it does not look like a code; one that does is still to be checked */
export function readCode(code: string): CodeContent {
  const [instanceId, stepText, nonce, signature, ...rest] = code.split('.');
  if (!instanceId || !stepText || !nonce || !signature || rest.length > 0) throw invalidCode();
  const step = Number.parseInt(stepText, 36);
  // One spelling for each step, else one code could be used under several names.
  if (!Number.isSafeInteger(step) || step < 0 || step.toString(36) !== stepText) throw invalidCode();
  return { instanceId, step, nonce, signature };
}

/**
 * Checks a code shown now against who holds the benefit now.
 * @throws CODE_INVALID when it was not made by this platform for this holder, CODE_STALE when its time is over (or has not come)
 */
export function checkCode({ signature, ...content }: CodeContent, customerId: string, key: Buffer, now: Date): void {
  // Compared as text: base64url has more than one spelling of the same bytes.
  const expected = Buffer.from(sign({ ...content, customerId }, key));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalidCode();
  const age = stepOf(now) - content.step;
  if (age > CODE_STEPS_GRACE || age < -CODE_STEPS_GRACE)
    throw refused('CODE_STALE', 'This code is out of date; show a fresh one.');
}

/** What is remembered of a code that was used. */
export const usedCodeKey = ({ instanceId, step, nonce }: CodeContent): string => `${instanceId}.${step}.${nonce}`;

const stepOf = (now: Date): number => Math.floor(now.getTime() / CODE_STEP_MS);

function sign(
  { instanceId, customerId, step, nonce }: CodeOwner & Pick<CodeContent, 'step' | 'nonce'>,
  key: Buffer,
): string {
  const epoch = epochOf(nonce);
  if (epoch !== undefined) return seedSignature(seedSecret({ instanceId, customerId, epoch }, key), step);
  return createHmac('sha256', key)
    .update(`redemption-code|${JSON.stringify([instanceId, customerId, step, nonce])}`)
    .digest()
    .subarray(0, SIGNATURE_BYTES)
    .toString('base64url');
}

const invalidCode = () => refused('CODE_INVALID', 'This is not one of our codes.');
