import type { Actor } from '@tidegate/observability';
import { requireMerchantAccess } from '../merchant-access';

/**
 * What of all merchants an actor lists: a merchant its own, staff its organisation's and below, services all.
 * @throws MERCHANT_OUT_OF_SCOPE
 */
export function merchantFilter(merchantId: string, actor: Actor): { merchantId: string; scope: string } {
  if (actor.kind === 'staff') return { merchantId, scope: actor.orgPath };
  if (actor.kind === 'service') return { merchantId, scope: '' };
  const asked = merchantId || actor.id;
  requireMerchantAccess(actor, { merchantId: asked, orgPath: '' });
  return { merchantId: asked, scope: '' };
}
