import { refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import type { Peers } from '../../peers/peers';

/**
 * The fans of a store belong to its merchant's organisation, or to one between that and the outlet which looks after the store.
 * @throws TARGET_NOT_OF_ORG; STORE_NOT_FOUND and ORG_OUT_OF_SCOPE as the merchants service says it
 */
export async function requireStoreOfOrg(
  { merchants }: Peers,
  { targetId, orgPath }: { targetId: string; orgPath: string },
): Promise<void> {
  const { store, orgPath: merchantPath } = await merchants.getStore({ storeId: targetId });
  const outletPath = store?.outletPath || merchantPath;
  if (isAtOrBelow(orgPath, merchantPath) && isAtOrBelow(outletPath, orgPath)) return;
  throw refused('TARGET_NOT_OF_ORG', 'This store is not of that organisation.', { targetId, orgPath });
}
