import type { ModelState, Owed } from './model-state';

/** What a person has once, by whatever he has earned it. */
export const CAKE = 'cake';

/** What a request earned is granted after it, each part by itself. */
export function owe(state: ModelState, id: string, rewards: Owed[]): void {
  rewards.forEach((reward, index) => (state.owed[`${id}/${index}`] = reward));
}

/** What is still owed for a request, by name. */
export const owedFor = ({ owed }: ModelState, id: string): string[] =>
  Object.keys(owed).filter((name) => name.startsWith(`${id}/`));

/** The first name that no reward of the customer has: which request earned it is not told, for it may be one of two. */
export function freeRewardName(customer: string, stock: string, isTaken: (name: string) => boolean): string {
  let index = 1;
  while (isTaken(`${stock} ${index} of ${customer}`)) index += 1;
  return `${stock} ${index} of ${customer}`;
}
