import { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';

/** Nobody but the customer himself: for a secret that is worth money, because whoever sees it can use it. @throws NOT_YOURS */
export function requireHolder(actor: Actor, customerId: string): void {
  if (actor.kind === 'customer' && actor.id === customerId) return;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'NOT_YOURS',
    message: 'This is shown to its holder only.',
  });
}
