import { DomainError } from '@tidegate/errors';
import { runInContext } from '@tidegate/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type MerchantSignatures, requireSignature } from '../signature/merchant-signatures';
import { addressTracker, rateLimited } from '../throttle/caller-throttler.guard';
import type { FixedWindows } from '../throttle/fixed-windows';
import { denied, unauthenticated } from './access-errors';
import type { AccessRule } from './access-rules';
import { checkAccess } from './check-access';
import { GATEWAY } from './gateway-actor';
import type { StaffStandings } from './staff-standings';
import type { TokenVerifier } from './token-verifier';

/** What finding out who calls needs. */
export interface AccessSettings {
  tokens: TokenVerifier;
  standings: StaffStandings;
  signatures: MerchantSignatures;
  windows: FixedWindows;
  /** Failures of one address in a second before it must wait. */
  failuresPerSecondMax: number;
  publicUrl: string | undefined;
}

const SECOND_MS = 1_000;
const BEARER = /^Bearer +([\w.~+/=-]{1,8192})$/i;

/**
 * Finds out who calls before the body of a stranger is read, and refuses whoever the route is not for. A route without
 * an access rule is refused to everyone.
 */
export function installAccess(fastify: FastifyInstance, settings: AccessSettings): void {
  fastify.addHook('onRequest', async (request) => {
    const rule = ruleOf(request);
    if (rule?.kinds.length === 0) return;
    await countingFailures(request, settings, async () => {
      if (isSigned(rule)) requireSignature(request.headers);
      else await admitToken(request, rule, settings);
    });
  });
  // The digest is of the body, so a signature is checked when the body has been read.
  fastify.addHook('preValidation', async (request) => {
    const rule = ruleOf(request);
    if (!isSigned(rule)) return;
    await countingFailures(request, settings, () => admitSignature(request, rule, settings));
  });
}

function ruleOf(request: FastifyRequest): AccessRule | undefined {
  if (request.is404) return { kinds: [] };
  return request.routeOptions.config.access;
}

const isSigned = (rule: AccessRule | undefined): rule is AccessRule => rule?.kinds.includes('merchant') ?? false;

async function admitToken(
  request: FastifyRequest,
  rule: AccessRule | undefined,
  { tokens, standings }: AccessSettings,
): Promise<void> {
  const header = request.headers.authorization;
  if (header === undefined) throw unauthenticated('TOKEN_MISSING', 'Send a bearer token.');
  const token = BEARER.exec(header)?.[1];
  if (!token) throw unauthenticated('TOKEN_INVALID', 'The Authorization header holds no bearer token.');
  const { actor, expiresAt } = await tokens.verify(token);
  if (!rule) throw denied('ACCESS_NOT_DECLARED', 'This is open to nobody.');
  checkAccess(rule, actor);
  await standings.requireStanding(actor, request.callContext.traceparent);
  request.callContext.actor = actor;
  request.tokenExpiresAt = expiresAt;
}

async function admitSignature(request: FastifyRequest, rule: AccessRule, settings: AccessSettings): Promise<void> {
  const origin = settings.publicUrl ?? `${request.protocol}://${request.host}`;
  const received = {
    method: request.method,
    targetUri: `${origin}${request.originalUrl}`,
    headers: request.headers,
    body: request.rawBody ?? Buffer.alloc(0),
  };
  const context = { traceparent: request.callContext.traceparent, actor: GATEWAY };
  const actor = await runInContext(context, () => settings.signatures.verify(received));
  checkAccess(rule, actor);
  request.callContext.actor = actor;
}

/** An address that keeps failing waits, so that nobody can try tokens and keys at speed. */
async function countingFailures(
  request: FastifyRequest,
  settings: AccessSettings,
  admit: () => Promise<void>,
): Promise<void> {
  const { windows, failuresPerSecondMax } = settings;
  const tracker = `failures:${addressTracker(request.ip)}`;
  const waitMs = windows.waitMs(tracker, failuresPerSecondMax);
  if (waitMs > 0) throw rateLimited(waitMs);
  try {
    await admit();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') {
      await windows.increment(tracker, SECOND_MS, failuresPerSecondMax);
    }
    throw error;
  }
}
