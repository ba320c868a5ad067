import { DomainError } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';

/**
 * What belongs to the bank's staff and its services; customers and merchants have no business here.
 * @throws STAFF_ONLY
 */
export function requireStaff(actor: Actor): void {
  if (actor.kind === 'staff' || actor.kind === 'service') return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'STAFF_ONLY',
    message: 'This is for the staff of the bank.',
  });
}

/**
 * The organisation whose customers the actor may see; undefined for all.
 * @throws STAFF_ONLY
 */
export function orgScopeOf(actor: Actor): string | undefined {
  requireStaff(actor);
  return actor.kind === 'staff' ? actor.orgPath : undefined;
}

/**
 * The same, narrowed to an organisation that is asked for; empty asks for none.
 * @throws STAFF_ONLY, ORG_OUT_OF_SCOPE when it is not the actor's to see
 */
export function narrowedScopeOf(actor: Actor, wanted: string): string | undefined {
  const scope = orgScopeOf(actor);
  if (wanted === '') return scope;
  requireOrgScope(actor, wanted);
  return wanted;
}

/** For what services ask each other. @throws SERVICES_ONLY */
export function requireService(actor: Actor): void {
  if (actor.kind === 'service') return;
  throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'SERVICES_ONLY', message: 'Only services may ask this.' });
}
