import { createHmac } from 'node:crypto';

const SIGNATURE_BYTES = 12;

/** What `POST /app/v1/wallet/{instanceId}/code-seed` answers, as the app keeps it in its secure storage. */
export interface CodeSeed {
  instanceId: string;
  /** base64url */
  seed: string;
  epoch: number;
  stepSeconds: number;
  /** Server time minus phone time when the seed was asked for. */
  clockOffsetMs: number;
}

/** The code to show at a moment of the phone's clock; made without a network. */
export function rotatingCode(seed: CodeSeed, phoneTimeMs: number): string {
  const step = Math.floor((phoneTimeMs + seed.clockOffsetMs) / (seed.stepSeconds * 1000));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha256', Buffer.from(seed.seed, 'base64url')).update(counter).digest();
  const signature = mac.subarray(0, SIGNATURE_BYTES).toString('base64url');
  return [seed.instanceId, step.toString(36), `~${seed.epoch.toString(36)}`, signature].join('.');
}
