import { take } from './model-claim';
import { give } from './model-points';
import { freeRewardName } from './model-rewards';
import { at, Refusal, type ModelState } from './model-state';

/** Grants a reward, or refuses it for good: a benefit is given under the limits of its stock. */
export function grantOwed(state: ModelState, name: string): void {
  const reward = at(state.owed, name);
  delete state.owed[name];
  const { customer } = reward;
  try {
    if ('points' in reward) give(state, customer, reward.points, reward.validMonths);
    else take(state, { id: nameFor(state, customer, reward.stock), stock: reward.stock, customer });
    note(state, `${customer} granted`);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    note(state, `${customer} refused`);
  }
}

const nameFor = ({ instances }: ModelState, customer: string, stock: string): string =>
  freeRewardName(customer, stock, (name) => name in instances);

function note({ rewards }: ModelState, key: string): void {
  rewards[key] = (rewards[key] ?? 0) + 1;
}
