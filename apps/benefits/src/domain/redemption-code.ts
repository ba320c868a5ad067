import { createHmac, timingSafeEqual } from 'node:crypto';
import { refused } from '@tidegate/errors';

/** A code changes this often. */
export const CODE_STEP_MS = 30_000;
/** A code is good for its own step and this many more, for slow hands and clocks that differ. */
const CODE_STEPS_GRACE = 1;
const SIGNATURE_BYTES = 12;

/** What a redemption code 核销码 says. */
export interface CodeContent {
  instanceId: string;
  /** Number of the time step it was made in. */
  step: number;
}

/** `<instance id>.<step>.<signature>`: time-based and signed, so a till needs nothing but the code. */
export function makeCode(instanceId: string, key: Buffer, now: Date): { code: string; expiresAt: Date } {
  const step = stepOf(now);
  const content = `${instanceId}.${step.toString(36)}`;
  return {
    code: `${content}.${sign(content, key)}`,
    expiresAt: new Date((step + 1 + CODE_STEPS_GRACE) * CODE_STEP_MS),
  };
}

/**
 * Reads a code shown now.
 * @throws CODE_INVALID when it was not made by this platform, CODE_STALE when its time is over (or has not come)
 */
export function readCode(code: string, key: Buffer, now: Date): CodeContent {
  const [instanceId, stepText, signature, ...rest] = code.split('.');
  if (!instanceId || !stepText || !signature || rest.length > 0) throw invalidCode();
  // Compared as text: base64url has more than one spelling of the same bytes.
  const expected = Buffer.from(sign(`${instanceId}.${stepText}`, key));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalidCode();
  const step = Number.parseInt(stepText, 36);
  const age = stepOf(now) - step;
  if (age > CODE_STEPS_GRACE || age < -CODE_STEPS_GRACE)
    throw refused('CODE_STALE', 'This code is out of date; show a fresh one.');
  return { instanceId, step };
}

const stepOf = (now: Date): number => Math.floor(now.getTime() / CODE_STEP_MS);

const sign = (content: string, key: Buffer): string =>
  createHmac('sha256', key)
    .update(`redemption-code|${content}`)
    .digest()
    .subarray(0, SIGNATURE_BYTES)
    .toString('base64url');

const invalidCode = () => refused('CODE_INVALID', 'This is not one of our codes.');
