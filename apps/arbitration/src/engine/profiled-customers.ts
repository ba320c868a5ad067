import { planOf } from '../domain/candidate-plan';
import { isRankedNeutrally } from '../domain/consent';
import { hasFacts, type CustomerState, type KnownCustomer } from '../domain/customer-state';
import type { DecisionCommand } from './decision-command';

/** Whether models may look at the customer for this command. */
export const isProfiled = (customer: CustomerState, { candidates, isNonPersonalised }: DecisionCommand): boolean =>
  isNonPersonalised !== true && !isRankedNeutrally(customer, planOf(candidates).channels);

/** Of the commands' customers those whom models may look at, each once. */
export function profiledOf(
  commands: readonly DecisionCommand[],
  customers: ReadonlyMap<string, CustomerState>,
): KnownCustomer[] {
  const profiled = new Set<KnownCustomer>();
  for (const command of commands) {
    const customer = customers.get(command.customerId);
    if (customer !== undefined && hasFacts(customer) && isProfiled(customer, command)) profiled.add(customer);
  }
  return [...profiled];
}
