/** Names the reward of a found point: a customer finds a point once. */
export const huntRewardId = (huntId: string, pointId: string, customerId: string): string =>
  `hunt|${huntId}|${pointId}|${customerId}`;
