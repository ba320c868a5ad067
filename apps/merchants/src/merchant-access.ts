import { DomainError } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';

/**
 * Staff reach the merchants of their own organisation and below, a merchant reaches itself, services reach all.
 * @throws ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE
 */
export function requireMerchantAccess(actor: Actor, merchant: { merchantId: string; orgPath: string }): void {
  if (actor.kind === 'service') return;
  if (actor.kind === 'staff') return requireOrgScope(actor, merchant.orgPath);
  if (actor.kind === 'merchant' && actor.id === merchant.merchantId) return;
  throw denied('MERCHANT_OUT_OF_SCOPE', 'This belongs to another merchant.');
}

/**
 * What the bank decides about its merchants: staff of the organisation and services.
 * @throws ORG_OUT_OF_SCOPE, STAFF_ONLY
 */
export function requireStaffOf(actor: Actor, orgPath: string): void {
  if (actor.kind !== 'staff' && actor.kind !== 'service')
    throw denied('STAFF_ONLY', 'Only the bank’s staff may do this.');
  requireOrgScope(actor, orgPath);
}

/**
 * Work for the whole bank, such as settlement: head-office staff and services only.
 * @throws HEAD_OFFICE_ONLY
 */
export function requireHeadOffice(actor: Actor): void {
  const isHeadOffice = actor.kind === 'staff' && actor.orgPath !== '' && !actor.orgPath.includes('/');
  if (actor.kind !== 'service' && !isHeadOffice) throw denied('HEAD_OFFICE_ONLY', 'Only the head office may do this.');
}

const denied = (reason: string, message: string) => new DomainError({ code: 'PERMISSION_DENIED', reason, message });
