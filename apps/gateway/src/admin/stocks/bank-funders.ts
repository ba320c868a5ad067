import { DomainError, notFound } from '@tidegate/errors';
import type { Peers } from '../../peers/peers';
import type { CostShareBody } from './stocks.request';

/**
 * A part of the bank that is to bear a part of a stock's cost is a unit of the caller's organisation, as one that bears an adjustment is.
 * @throws ORG_UNIT_NOT_FOUND; ORG_OUT_OF_SCOPE as the merchants service says it
 */
export async function requireBankFunders(peers: Peers, costShares: CostShareBody[]): Promise<void> {
  const named = costShares.flatMap(({ funder, partyId }) => (funder === 'bank' && partyId ? [partyId] : []));
  await Promise.all([...new Set(named)].map((orgPath) => requireUnit(peers, orgPath)));
}

async function requireUnit({ merchants }: Peers, orgPath: string): Promise<void> {
  // A unit comes before those below it.
  const first = { orgPath, pageSize: 1, pageToken: '' };
  const { orgUnits } = await merchants.listOrgUnits(first).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.reason !== 'VALIDATION_FAILED') throw error;
    // No unit has such a path.
    return { orgUnits: [] };
  });
  if (orgUnits[0]?.orgPath !== orgPath) {
    throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.', { orgPath });
  }
}
