import { DomainError } from '@tidegate/errors';
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
