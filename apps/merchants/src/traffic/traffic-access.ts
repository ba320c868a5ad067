import { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';

/**
 * What a customer does himself in the app: he alone, or a service for him.
 * @throws CUSTOMER_ONLY, NOT_YOURS
 */
export function requireCustomer(actor: Actor, customerId: string): void {
  if (actor.kind === 'service') return;
  if (actor.kind !== 'customer') throw denied('CUSTOMER_ONLY', 'Only the customer may do this.');
  if (actor.id !== customerId) throw denied('NOT_YOURS', 'This belongs to another customer.');
}

const denied = (reason: string, message: string) => new DomainError({ code: 'PERMISSION_DENIED', reason, message });
