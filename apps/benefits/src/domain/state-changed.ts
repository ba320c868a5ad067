import type { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Instance } from './instance';

/** Why an instance moved, for those who count moves. */
export type ChangeCause =
  | 'hold'
  | 'commit'
  | 'redeem'
  | 'void'
  | 'hold_timed_out'
  | 'gift_offered'
  | 'gift_returned'
  | 'transferred'
  | 'expired'
  | 'taken_back'
  | 'reversed';

/** The event of a move from one state of an instance to the next. */
export const stateChanged = (
  before: Instance,
  after: Instance,
  cause: ChangeCause,
  changedAt: Date,
): BenefitStateChanged => ({
  instanceId: after.instanceId,
  stockId: after.stockId,
  customerId: after.customerId,
  fromState: before.state,
  toState: after.state,
  cause,
  changedAt,
  reason: (cause === 'taken_back' && after.takenBack?.reason) || '',
  actorId: (cause === 'taken_back' && after.takenBack?.actorId) || '',
});
