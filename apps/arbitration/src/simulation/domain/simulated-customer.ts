import { reasonOf, type ReasonCode } from '../../domain/reason';
import type { Change } from './report';
import type { World } from './world';

export interface SimulatedContact {
  day: string;
  strategyId: string;
  actionId: string;
  channel: string;
}

/** What would happen to one customer. */
export interface SimulatedCustomer {
  customerId: string;
  orgPath: string;
  /** Why the strategy does not reach the customer; empty when it does. */
  reason: string;
  change: Change;
  draftContacts: SimulatedContact[];
  liveContacts: SimulatedContact[];
}

export const simulatedContacts = (world: World, days: readonly string[], customer: number): SimulatedContact[] =>
  days.flatMap((day, index) => {
    const candidate = world.chosen(index, customer);
    if (candidate === undefined) return [];
    const { strategy, action, treatment } = candidate;
    return [{ day, strategyId: strategy.strategyId, actionId: action.actionId, channel: treatment.channel }];
  });

export const reasonText = (code: ReasonCode): string => (code === 0 ? '' : reasonOf(code));

/** Which customers a page is of. */
export interface CustomerFilter {
  reason: string;
  change: string;
  isVisible: (orgPath: string) => boolean;
}

export const passesFilter = (row: SimulatedCustomer, { reason, change, isVisible }: CustomerFilter): boolean =>
  (reason === '' || row.reason === reason) && (change === '' || row.change === change) && isVisible(row.orgPath);
