import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import type { ProfileJoin } from './domain/profile-join';

/** A join as callers see it. */
export const joinMessage = ({ customerIds, formerKey: _, undoneAt, ...join }: ProfileJoin): rpc.ProfileJoin => ({
  ...join,
  olderCustomerId: customerIds[0],
  youngerCustomerId: customerIds[1],
  undoneAt: undoneAt ?? undefined,
});
