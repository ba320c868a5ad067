import type { SignatureParameters } from 'http-message-signatures';
import { unauthenticated } from '../access/access-errors';

/** A signature is good for so long after it was made. */
export const SIGNATURE_AGE_MAX_S = 300;
/** How far the clocks of a signer, of this gateway and of the service that remembers signatures may be apart. */
export const CLOCK_SKEW_MAX_S = 120;
const KEY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const NONCE = /^[\x21-\x7e]{8,128}$/;

/** The parameters of an acceptable signature. Source: RFC 9421 section 2.3. */
export interface CheckedParameters {
  keyId: string;
  nonce: string;
  /** After this moment the signature is refused anyway, so its nonce need not be remembered. */
  acceptableUntil: Date;
}

/**
 * created, expires, nonce and keyid are all needed; alg, when given, is ed25519.
 * @throws SIGNATURE_PARAMETERS_INVALID, SIGNATURE_STALE, SIGNATURE_FROM_FUTURE
 */
export function checkParameters(parameters: SignatureParameters, now: Date): CheckedParameters {
  const { created, nonce, keyid, alg } = parameters;
  // The library reads it as the plain number of seconds that it is on the wire.
  const expires: unknown = parameters.expires;
  const createdS = created instanceof Date ? created.getTime() / 1000 : Number.NaN;
  if (!Number.isInteger(createdS) || !Number.isInteger(expires)) throw parametersInvalid('created and expires');
  if (typeof keyid !== 'string' || !KEY_ID.test(keyid)) throw parametersInvalid('keyid');
  if (typeof nonce !== 'string' || !NONCE.test(nonce)) throw parametersInvalid('nonce (8 to 128 visible characters)');
  if (alg !== undefined && alg !== 'ed25519') throw parametersInvalid('alg (only ed25519)');
  const nowS = now.getTime() / 1000;
  const acceptableUntilS = Math.min(expires as number, createdS + SIGNATURE_AGE_MAX_S);
  if (createdS > nowS + CLOCK_SKEW_MAX_S) {
    throw unauthenticated('SIGNATURE_FROM_FUTURE', 'The signature was made in the future: set your clock.');
  }
  if (acceptableUntilS < nowS) {
    throw unauthenticated(
      'SIGNATURE_STALE',
      `A signature is good until it expires, ${SIGNATURE_AGE_MAX_S} seconds at most.`,
    );
  }
  return { keyId: keyid, nonce, acceptableUntil: new Date(acceptableUntilS * 1000) };
}

const parametersInvalid = (what: string) =>
  unauthenticated(
    'SIGNATURE_PARAMETERS_INVALID',
    `The signature parameters created, expires, nonce and keyid are needed: see ${what}.`,
  );
