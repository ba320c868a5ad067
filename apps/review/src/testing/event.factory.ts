import { CandidateResult, Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import {
  DecisionMade,
  OutcomeRecorded,
  type LeftCandidates,
} from '@tidegate/contracts/arbitration/v1/arbitration_events';
import {
  BenefitClaimed,
  BenefitRedeemed,
  BenefitStateChanged,
  BenefitTransferred,
  ClaimsRefused,
} from '@tidegate/contracts/benefits/v1/benefits_events';
import type { EvaluationPlan } from '@tidegate/contracts/campaigns/v1/campaigns';
import { MomentDetected, StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { FactRecorded, PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { Lead } from '@tidegate/contracts/leads/v1/leads';
import {
  LeadAccepted,
  LeadClosed,
  LeadCreated,
  LeadOffered,
  LeadReturned,
} from '@tidegate/contracts/leads/v1/leads_events';
import { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import type { EventType } from '@tidegate/mongo';

/** One event to publish. */
export interface TestEvent {
  type: EventType<unknown>;
  data: unknown;
}

const of = <T>(type: EventType<T>, data: T): TestEvent => ({ type: type as EventType<unknown>, data });

/** Minutes into the test day. */
export const at = (minute: number): Date => new Date(Date.parse('2026-03-02T02:00:00Z') + minute * 60_000);

/** A decision about one customer; a reason CHOSEN makes it chosen. */
export function aDecision(
  decisionId: string,
  {
    reason = 'CHOSEN',
    channel = 'app',
    strategyId = 'deposit',
    customerId = `c-${decisionId}`,
    ...rest
  } = {} as Partial<Decision>,
): Decision {
  const isChosen = reason === 'CHOSEN';
  const own = CandidateResult.fromPartial({
    strategyId,
    strategyVersion: 1,
    actionId: 'offer',
    channel,
    isChosen,
    reason,
  });
  return Decision.fromPartial({
    decisionId,
    customerId,
    mode: 'push',
    strategyId: isChosen ? strategyId : '',
    channel: isChosen ? channel : '',
    reason,
    group: isChosen ? 'treated' : reason === 'HOLDOUT_STRATEGY' ? 'control' : 'none',
    candidates: [own],
    decidedAt: at(0),
    ...rest,
  });
}

export const decided = (
  decisionId: string,
  overrides?: Partial<Decision>,
  leftCandidates: LeftCandidates[] = [],
): TestEvent => of(DecisionMade, { decision: aDecision(decisionId, overrides), leftCandidates });

export const strategy = (strategyId: string, holdoutBasisPoints: number, version = 1, revision = version): TestEvent =>
  of(
    StrategyChanged,
    StrategyChanged.fromPartial({ snapshot: { strategy: { strategyId, version, holdoutBasisPoints }, revision } }),
  );

/** A version that says how it is to be judged. */
export const planned = (
  strategyId: string,
  holdoutBasisPoints: number,
  evaluationPlan: Partial<EvaluationPlan>,
  revision = 1,
): TestEvent => {
  const said = { strategyId, version: revision, holdoutBasisPoints, evaluationPlan };
  return of(StrategyChanged, StrategyChanged.fromPartial({ snapshot: { strategy: said, revision } }));
};

/** A campaign's outcome of a customer, told from outside. */
export const told = (customerId: string, outcome: string, minute = 60, strategyId = 'deposit'): TestEvent =>
  of(FactRecorded, {
    factId: `outside/${customerId}-${outcome}`,
    factType: 'campaign-outcome',
    customerId,
    data: { strategyId, outcome },
    occurredAt: at(minute),
    acceptedAt: at(minute),
  });

/** Says that profiles are of one natural person. */
export const ofPerson = (customerIds: string[], personKey: string, version = 1): TestEvent =>
  of(PersonsChanged, { profiles: customerIds.map((customerId) => ({ customerId, personKey, version })) });

export const outcome = (decisionId: string, name: string, overrides: Partial<OutcomeRecorded> = {}): TestEvent =>
  of(OutcomeRecorded, {
    ...{ decisionId, customerId: `c-${decisionId}`, strategyId: 'deposit', actionId: 'offer', channel: 'app' },
    ...{ outcome: name, occurredAt: at(30) },
    ...overrides,
  });

/** One story in which every event type that review counts has its part. */
export function aStory(): TestEvent[] {
  const lead = (leadId: string, decisionId: string, rest: Partial<Lead> = {}): Lead =>
    Lead.fromPartial({
      leadId,
      decisionId,
      customerId: `c-${decisionId}`,
      strategyId: 'deposit',
      queue: 'remote',
      ...rest,
    });
  const call = { channel: 'remote_bank' };
  const message = (decisionId: string) => ({
    deliveryId: `m-${decisionId}`,
    decisionId,
    customerId: `c-${decisionId}`,
    channel: 'app',
  });
  const benefit = (instanceId: string) => ({ instanceId, stockId: 'packet', customerId: `c-${instanceId}` });
  const moment = { mode: 'moment', strategyId: 'outflow', factAcceptedAt: at(0) };
  return [
    strategy('deposit', 2_500),
    ...['call-1', 'call-2', 'call-3'].map((id) => decided(id, call)),
    ...['app-1', 'app-2', 'app-3', 'app-4'].map((id) => decided(id)),
    decided('held-1', { reason: 'HOLDOUT_STRATEGY' }),
    decided('held-2', { reason: 'HOLDOUT_STRATEGY' }),
    decided('ranked-1', { ...call, reason: 'OUTRANKED' }),
    decided('quiet-1', { reason: 'CONSENT_MISSING' }),
    decided('moment-1', { ...moment, decidedAt: new Date(at(0).getTime() + 120) }),
    decided('moment-2', { ...moment, decidedAt: new Date(at(0).getTime() + 360) }),
    of(MomentDetected, MomentDetected.fromPartial({ momentId: 'x', strategyId: 'outflow', detectedAt: at(0) })),
    of(MessageDelivered, { ...message('app-1'), deliveredAt: at(1) }),
    of(MessageDelivered, { ...message('app-2'), deliveredAt: at(1) }),
    of(DeliveryFailed, { ...message('app-4'), error: 'gone', failedAt: at(1) }),
    of(MessageMarked, {
      messageId: 'm-app-2',
      decisionId: 'app-2',
      customerId: 'c-app-2',
      outcome: 'shown',
      markedAt: at(2),
    }),
    outcome('app-3', 'converted'),
    of(LeadCreated, { lead: lead('l-1', 'call-1', { createdAt: at(1) }) }),
    of(LeadCreated, { lead: lead('l-2', 'call-2', { createdAt: at(1) }) }),
    of(LeadCreated, { lead: lead('l-3', 'call-3', { createdAt: at(1) }) }),
    of(LeadOffered, { lead: lead('l-1', 'call-1', { offeredAt: at(2) }), agentId: 'a' }),
    of(LeadOffered, { lead: lead('l-2', 'call-2', { offeredAt: at(2) }), agentId: 'a' }),
    of(LeadReturned, { lead: lead('l-2', 'call-2'), cause: 'declined', personId: '' }),
    of(LeadOffered, { lead: lead('l-2', 'call-2', { offeredAt: at(3) }), agentId: 'b' }),
    of(LeadAccepted, { lead: lead('l-1', 'call-1', { acceptedAt: at(4) }) }),
    of(LeadAccepted, { lead: lead('l-2', 'call-2', { acceptedAt: at(4) }) }),
    of(LeadClosed, {
      lead: lead('l-1', 'call-1', { disposition: 'converted' }),
      outcome: 'converted',
      closedAt: at(20),
    }),
    outcome('call-1', 'converted', call),
    of(LeadClosed, {
      lead: lead('l-2', 'call-2', { disposition: 'not_interested' }),
      outcome: 'rejected',
      closedAt: at(21),
    }),
    outcome('call-2', 'rejected', call),
    told('c-held-1', 'converted'),
    ofPerson(['c-app-1', 'c-app-2'], 'person', 2),
    ofPerson(['c-app-2'], 'apart', 3),
    of(
      FactRecorded,
      FactRecorded.fromPartial({ factId: 'bank/1', factType: 'transaction', customerId: 'c-1', data: {} }),
    ),
    ...['i-1', 'i-2', 'i-3'].map((id) =>
      of(BenefitClaimed, BenefitClaimed.fromPartial({ ...benefit(id), claimedAt: at(5) })),
    ),
    of(ClaimsRefused, { stockId: 'packet', reason: 'STOCK_SOLD_OUT', count: 40, from: at(5), to: at(6) }),
    of(ClaimsRefused, { stockId: 'packet', reason: 'STOCK_SOLD_OUT', count: 2, from: at(6), to: at(7) }),
    of(ClaimsRefused, { stockId: 'packet', reason: 'CUSTOMER_LIMIT_REACHED', count: 3, from: at(5), to: at(6) }),
    of(BenefitTransferred, BenefitTransferred.fromPartial({ giftId: 'g-1', instanceId: 'i-1', stockId: 'packet' })),
    of(
      BenefitRedeemed,
      BenefitRedeemed.fromPartial({ redemption: { redemptionId: 'r-1', stockId: 'packet', amountMinor: 800 } }),
    ),
    of(BenefitStateChanged, BenefitStateChanged.fromPartial({ ...benefit('i-2'), toState: 'held', cause: 'hold' })),
    of(
      BenefitStateChanged,
      BenefitStateChanged.fromPartial({ ...benefit('i-3'), toState: 'expired', cause: 'expired' }),
    ),
    of(SettlementBatchPosted, SettlementBatchPosted.fromPartial({ batch: { batchId: 'b-1', amountMinor: 800 } })),
  ];
}
