import { DomainError, refused } from '@tidegate/errors';
import type { Peers } from '../../peers/peers';
import type { CostShareBody } from './stocks.request';

/**
 * A merchant who is to bear a part of a stock's cost is one of the caller's organisation and does business with the bank.
 * @throws FUNDER_NOT_FOUND, FUNDER_NOT_ACTIVE; ORG_OUT_OF_SCOPE as the merchants service says it
 */
export async function requireMerchantFunders(peers: Peers, costShares: CostShareBody[]): Promise<void> {
  const named = costShares.flatMap(({ funder, partyId }) => (funder === 'merchant' && partyId ? [partyId] : []));
  await Promise.all([...new Set(named)].map((merchantId) => requireActive(peers, merchantId)));
}

async function requireActive({ merchants }: Peers, merchantId: string): Promise<void> {
  const { merchant } = await merchants.getMerchant({ merchantId }).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.reason !== 'MERCHANT_NOT_FOUND') throw error;
    throw refused('FUNDER_NOT_FOUND', 'There is no such merchant to bear a part of the cost.', { merchantId });
  });
  if (merchant?.state !== 'active') {
    throw refused('FUNDER_NOT_ACTIVE', 'The merchant who is to bear a part of the cost is not active.', { merchantId });
  }
}
