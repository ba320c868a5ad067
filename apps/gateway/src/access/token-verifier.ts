import { DomainError } from '@tidegate/errors';
import type { Clock } from '@tidegate/service';
import { createRemoteJWKSet, decodeJwt, errors, importJWK, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { OidcConfig } from '../gateway.config';
import { unauthenticated } from './access-errors';
import { DEV_AUDIENCE, DEV_ISSUER, type DevIssuer } from './dev-issuer';
import { holderOf, type TokenHolder } from './token-claims';

interface TrustedIssuer {
  audience: string;
  algorithms: string[];
  getKey: JWTVerifyGetKey;
}

// Public keys only: a shared secret would let every verifier issue tokens.
const ALGORITHMS = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];
/** The issuer's clock and ours may be so far apart. Source: RFC 7519 section 4.1.4 (a few minutes at most). */
const CLOCK_TOLERANCE_S = 120;
// A key that was withdrawn at the issuer is honoured so long at most.
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 2_000;

/** Checks bearer tokens (JWT) of the bank's identity provider and, in development, of the own issuer. */
export class TokenVerifier {
  private readonly issuers = new Map<string, TrustedIssuer>();
  private readonly remembered = new Map<string, { holder: TokenHolder; until: number }>();

  private constructor(private readonly clock: Clock) {}

  static async create(clock: Clock, oidc: OidcConfig | undefined, dev: DevIssuer | undefined): Promise<TokenVerifier> {
    const verifier = new TokenVerifier(clock);
    if (oidc) {
      const getKey = createRemoteJWKSet(new URL(oidc.jwksUrl), { timeoutDuration: 3_000, cooldownDuration: 5_000 });
      verifier.issuers.set(oidc.issuer, { audience: oidc.audience, algorithms: ALGORITHMS, getKey });
    }
    if (dev) {
      const key = await importJWK(dev.publicJwk, dev.algorithm);
      const getKey: JWTVerifyGetKey = () => Promise.resolve(key);
      verifier.issuers.set(DEV_ISSUER, { audience: DEV_AUDIENCE, algorithms: [dev.algorithm], getKey });
    }
    return verifier;
  }

  /** @throws TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_CLAIMS_INVALID, TOKEN_ISSUER_UNAVAILABLE */
  async verify(token: string): Promise<TokenHolder> {
    const now = this.clock.now();
    const known = this.remembered.get(token);
    if (known && known.until > now.getTime()) return known.holder;
    const holder = await this.check(token, now);
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.clear();
    const until = Math.min(now.getTime() + REMEMBERED_MS, holder.expiresAt.getTime());
    this.remembered.set(token, { holder, until });
    return holder;
  }

  private async check(token: string, currentDate: Date): Promise<TokenHolder> {
    try {
      const issuer = this.issuers.get(decodeJwt(token).iss ?? '');
      if (!issuer) throw unauthenticated('TOKEN_INVALID', 'The token is of an issuer that is not trusted here.');
      const { audience, algorithms, getKey } = issuer;
      const { payload } = await jwtVerify(token, getKey, {
        audience,
        algorithms,
        currentDate,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['sub', 'exp', 'iss'],
      });
      return holderOf(payload);
    } catch (error) {
      throw toRefusal(error);
    }
  }
}

function toRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof errors.JWTExpired) return unauthenticated('TOKEN_EXPIRED', 'The token has expired.', error);
  if (isIssuerDown(error)) {
    const message = 'The keys of the token issuer cannot be had now.';
    return new DomainError({ code: 'UNAVAILABLE', reason: 'TOKEN_ISSUER_UNAVAILABLE', message, cause: error });
  }
  return unauthenticated('TOKEN_INVALID', 'The token is not valid.', error);
}

// jose says ERR_JOSE_GENERIC when the key set did not come, and fetch throws a TypeError of its own.
const isIssuerDown = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') ||
  (error instanceof TypeError && error.message === 'fetch failed');
