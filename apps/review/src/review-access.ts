import { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';

/**
 * Reports are for staff and services. They hold sums over the whole bank and no single customer.
 * @throws STAFF_ONLY
 */
export function requireStaff(actor: Actor): void {
  if (actor.kind === 'staff' || actor.kind === 'service') return;
  throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'STAFF_ONLY', message: 'Reports are for staff.' });
}
