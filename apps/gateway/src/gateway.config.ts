import type { ServiceEnv } from '@tidegate/service';
import type { JWK } from 'jose';

/** The bank's identity provider. */
export interface OidcConfig {
  issuer: string;
  jwksUrl: string;
  audience: string;
}

/** Injection token of the configuration. */
export const GATEWAY_CONFIG = Symbol('GatewayConfig');

/** What the gateway is told from outside, beside what every service is. */
export interface GatewayConfig {
  httpHost: string;
  httpPort: number;
  isProduction: boolean;
  /** Scheme and host that callers see, when a proxy stands before the gateway. */
  publicUrl?: string;
  /** Believe X-Forwarded-For; only behind a proxy of one's own. */
  isProxyTrusted: boolean;
  oidc?: OidcConfig;
  /** Private JWK of the development issuer; never in production. */
  devSigningKey?: JWK;
  /** Refuse staff tokens whose holder is not on record in the organisation. */
  isStaffRecordNeeded: boolean;
  /** Requests of one caller in a second. */
  rateLimitPerSecond: number;
  /** Requests of one address without a caller (public pages, failed tokens and signatures) in a second. */
  anonymousRateLimitPerSecond: number;
  streamsMax: number;
  streamsMaxPerSeat: number;
  heartbeatMs: number;
}

/**
 * @throws Error naming the variable that is missing or malformed, and in production when the keys are development keys
 */
export function readGatewayConfig(env: ServiceEnv, variables: NodeJS.ProcessEnv = process.env): GatewayConfig {
  const oidc = readOidc(variables);
  if (env.isProduction && !oidc)
    throw new Error('OIDC_ISSUER, OIDC_JWKS_URL and OIDC_AUDIENCE are needed in production');
  // Reading them is the check: development keys are refused in production.
  const keys = env.isProduction && !variables.TIDEGATE_KEYS_FILE ? undefined : env.keys;
  const publicUrl = variables.PUBLIC_URL ? new URL(variables.PUBLIC_URL).origin : undefined;
  return {
    httpHost: variables.HTTP_HOST ?? '127.0.0.1',
    httpPort: whole(variables, 'HTTP_PORT', 8_080, 0, 65_535),
    isProduction: env.isProduction,
    isProxyTrusted: variables.TRUST_PROXY === 'true',
    ...(publicUrl && { publicUrl }),
    ...(oidc && { oidc }),
    ...(!env.isProduction && keys?.tokenSigning && { devSigningKey: keys.tokenSigning as JWK }),
    isStaffRecordNeeded: variables.STAFF_RECORD_NEEDED === 'true',
    rateLimitPerSecond: whole(variables, 'RATE_LIMIT_PER_SECOND', 2_000, 1, 1_000_000),
    anonymousRateLimitPerSecond: whole(variables, 'ANONYMOUS_RATE_LIMIT_PER_SECOND', 500, 1, 1_000_000),
    streamsMax: whole(variables, 'STREAMS_MAX', 1_000, 1, 100_000),
    streamsMaxPerSeat: whole(variables, 'STREAMS_MAX_PER_SEAT', 5, 1, 100),
    heartbeatMs: whole(variables, 'STREAM_HEARTBEAT_MS', 15_000, 50, 60_000),
  };
}

function readOidc(variables: NodeJS.ProcessEnv): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_JWKS_URL: jwksUrl, OIDC_AUDIENCE: audience } = variables;
  if (!issuer && !jwksUrl && !audience) return undefined;
  if (!issuer || !jwksUrl || !audience) throw new Error('OIDC_ISSUER, OIDC_JWKS_URL and OIDC_AUDIENCE go together');
  if (!URL.canParse(jwksUrl)) throw new Error(`OIDC_JWKS_URL is not a URL: ${jwksUrl}`);
  return { issuer, jwksUrl, audience };
}

function whole(variables: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = variables[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`${name} must be ${min} to ${max}: ${text}`);
  return value;
}
