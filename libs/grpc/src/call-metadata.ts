import { Metadata } from '@grpc/grpc-js';
import { DomainError } from '@tidegate/errors';
import { continueTrace, currentContext, type Actor, type CallContext } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';

const TRACE_KEY = 'traceparent';
const ACTOR_KEY = 'x-tidegate-actor-bin';

/** Metadata of an outgoing call: trace and actor of the current request. */
export function toMetadata(context: CallContext | undefined): Metadata {
  const metadata = new Metadata();
  if (!context) return metadata;
  metadata.set(TRACE_KEY, context.traceparent);
  if (context.actor) metadata.set(ACTOR_KEY, Buffer.from(JSON.stringify(context.actor)));
  return metadata;
}

export function toContext(metadata: Metadata): CallContext {
  const traceparent = metadata.get(TRACE_KEY)[0];
  const actor = metadata.get(ACTOR_KEY)[0];
  return {
    traceparent: continueTrace(typeof traceparent === 'string' ? traceparent : undefined),
    actor: Buffer.isBuffer(actor) ? toActor(actor.toString('utf8')) : undefined,
  };
}

/** Services and staff who are at work call again and again. */
const ACTORS_MAX = 1_000;
const actors = new Map<string, Actor>();

function toActor(json: string): Actor {
  let actor = actors.get(json);
  if (actor === undefined) {
    actor = Object.freeze(JSON.parse(json) as Actor);
    if (actors.size >= ACTORS_MAX) actors.clear();
    actors.set(json, actor);
  }
  return actor;
}

/**
 * Who calls. Only the gateway and the services reach a service's port; a call without an actor is refused.
 * @throws ACTOR_MISSING
 */
export function actorOf(metadata: Metadata): Actor {
  const { actor } = currentContext() ?? toContext(metadata);
  if (!actor) {
    throw new DomainError({ code: 'UNAUTHENTICATED', reason: 'ACTOR_MISSING', message: 'The call names no actor.' });
  }
  return actor;
}

/**
 * Staff see their own organisation and what is below it.
 * @throws ORG_OUT_OF_SCOPE
 */
export function requireOrgScope(actor: Actor, orgPath: string): void {
  if (actor.kind !== 'staff' || isAtOrBelow(orgPath, actor.orgPath)) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'ORG_OUT_OF_SCOPE',
    message: 'This belongs to another part of the organisation.',
  });
}

/**
 * What is the whole bank's: head-office staff and services only.
 * @throws HEAD_OFFICE_ONLY
 */
export function requireHeadOffice(actor: Actor): void {
  const isHeadOffice = actor.kind === 'staff' && actor.orgPath !== '' && !actor.orgPath.includes('/');
  if (isHeadOffice || actor.kind === 'service') return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'HEAD_OFFICE_ONLY',
    message: 'Only the head office may do this.',
  });
}

/**
 * A customer sees only what is his.
 * @throws NOT_YOURS
 */
export function requireSelf(actor: Actor, customerId: string): void {
  if (actor.kind !== 'customer' || actor.id === customerId) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'NOT_YOURS',
    message: 'This belongs to another customer.',
  });
}

/**
 * A merchant acts only for itself.
 * @throws NOT_YOURS
 */
export function requireMerchant(actor: Actor, merchantId: string): void {
  if (actor.kind !== 'merchant' || actor.id === merchantId) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'NOT_YOURS',
    message: 'This belongs to another merchant.',
  });
}
