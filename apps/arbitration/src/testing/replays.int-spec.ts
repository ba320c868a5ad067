import type { ModelSlot } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitClaimed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { MomentDetected, StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { LeadAccepted, LeadClosed, LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { Mongo } from '@tidegate/mongo';
import { endsTheSameHoweverTold, eventually, FakeClock, told, type ToldEvent } from '@tidegate/testing';
import { derivedId } from '../engine/decision-command';
import { ModelRegistry } from '../engine/model-registry';
import { DecisionRepository } from '../repositories/decision.repository';
import { aDecision } from './decision.factory';
import { ModelDesk } from './model-desk';
import { aCustomerMessage, appAction, ArbitrationFixture, callAction, type CustomerDraft } from './arbitration.fixture';

const NOW = new FakeClock().now();
const DAY = '2026-03-02';
const CALLED = ['ann', 'ben', 'cyd', 'dan'];
const SHOWN = ['mia', 'nils'];
const at = (minute: number): Date => new Date(NOW.getTime() + minute * 60_000);
const decisionOf = (customerId: string): string => derivedId('pull', customerId, customerId, 0);

const customer = (draft: CustomerDraft): ToldEvent => told(CustomerChanged, { customer: aCustomerMessage(draft) });
const strategy = (revision: number, valueMinor: number): ToldEvent => {
  const actions = [appAction('fresh', { valueMinor, purpose: 'marketing' })];
  const own = { strategyId: 'fresh', version: revision, name: 'fresh', orgPath: 'hq', state: 'published' };
  const snapshot = StrategySnapshot.fromPartial({ strategy: own, actions: actions as never, revision });
  return told(StrategyChanged, { snapshot });
};
const moment = (momentId: string, customerId: string): ToldEvent => {
  const what = { momentId, customerId, strategyId: 'steady', ruleId: 'rule', actionIds: ['steady'] };
  return told(MomentDetected, MomentDetected.fromPartial({ ...what, factId: momentId, factAcceptedAt: NOW }));
};
const taught = (customerId: string, outcome: string): ToldEvent => {
  const data = { actionId: 'of-the-past', outcome };
  const fact = { factId: `past-${customerId}`, factType: 'campaign-outcome', customerId, data, occurredAt: at(-60) };
  return told(FactRecorded, FactRecorded.fromPartial(fact));
};
const aSlot: ModelSlot = {
  slot: 'deposit',
  champion: { kind: 'adaptive', modelId: '' },
  shadow: undefined,
  historyFactType: 'campaign-outcome',
  successOutcome: 'converted',
  featureSpec: { spec: { features: [{ kind: 'numeric', name: 'age', edges: [30, 60] }] }, minOutcomes: 20 },
  version: 0,
  challenger: undefined,
  challengerBasisPoints: 0,
  noModelBasisPoints: 0,
  formerChampions: [],
  retiredModels: [],
};
/** Where a lead is after so many moves, the last of them to that queue. */
const leadAt = (customerId: string, queue: string, moveCount: number) => ({
  leadId: `lead-${customerId}`,
  decisionId: decisionOf(customerId),
  customerId,
  queue,
  moveCount,
});
const returned = (customerId: string, queue: string, moveCount: number): ToldEvent =>
  told(
    LeadReturned,
    LeadReturned.fromPartial({ lead: leadAt(customerId, queue, moveCount), cause: 'escalated', personId: '' }),
  );
const accepted = (customerId: string, queue: string, moveCount: number): ToldEvent =>
  told(
    LeadAccepted,
    LeadAccepted.fromPartial({ lead: { ...leadAt(customerId, queue, moveCount), acceptedAt: at(20) } }),
  );
const closed = (customerId: string, queue: string, moveCount: number, outcome: string): ToldEvent =>
  told(LeadClosed, LeadClosed.fromPartial({ lead: leadAt(customerId, queue, moveCount), outcome, closedAt: at(30) }));
const marked = (customerId: string, outcome: string, minute: number): ToldEvent =>
  told(MessageMarked, MessageMarked.fromPartial({ decisionId: decisionOf(customerId), outcome, markedAt: at(minute) }));

const events = [
  customer({ customerId: 'ann', version: 2, stage: 'honeymoon' }),
  customer({ customerId: 'ann', version: 3, stage: 'at_risk' }),
  customer({ customerId: 'zoe', version: 1 }),
  customer({ customerId: 'yan', version: 1 }),
  strategy(1, 100),
  strategy(2, 200),
  moment('m-1', 'zoe'),
  moment('m-2', 'yan'),
  taught('zoe', 'converted'),
  taught('yan', 'rejected'),
  returned('ann', 'centre', 1),
  returned('ann', 'night', 2),
  returned('ben', 'centre', 1),
  accepted('ann', 'night', 2),
  accepted('ben', 'centre', 1),
  accepted('cyd', 'outlet', 0),
  accepted('dan', 'outlet', 0),
  closed('ben', 'centre', 1, 'converted'),
  closed('cyd', 'outlet', 0, 'rejected'),
  told(MessageDelivered, MessageDelivered.fromPartial({ decisionId: decisionOf('mia'), deliveredAt: at(1) })),
  marked('mia', 'shown', 2),
  marked('mia', 'clicked', 3),
  told(DeliveryFailed, DeliveryFailed.fromPartial({ decisionId: decisionOf('nils'), failedAt: at(1) })),
  told(BenefitClaimed, BenefitClaimed.fromPartial({ decisionId: 'promised', stockId: 'gift' })),
];

async function prepare(fixture: ArbitrationFixture): Promise<void> {
  await fixture.putPolicy({ reservationTtlSeconds: 30 * 86_400 });
  const client = fixture.client();
  for (const queue of ['outlet', 'centre', 'night']) {
    await client.putCapacity({ requestId: queue, queue, slot: DAY, units: 10 });
  }
  await new ModelDesk(fixture, aSlot.slot).open(aSlot);
  await eventually(() => expect(fixture.first.app.get(ModelRegistry).find('deposit')).toBeDefined());
  const promised = { decisionId: 'promised', reservation: 'committed', expiresAt: null } as const;
  const push = aDecision({ ...promised, mode: 'push', stockTakes: [{ stockId: 'gift', day: DAY }] });
  const { app } = fixture.first;
  await app.get(Mongo).transaction((tx) => app.get(DecisionRepository).addMany([push], tx));
  await fixture.putStrategy('calls', [callAction('call', 'outlet')]);
  await fixture.putStrategy('steady', [appAction('steady')]);
  await fixture.putStrategy('notes', [appAction('note')]);
  await fixture.putCustomers([...CALLED, ...SHOWN].map((customerId) => ({ customerId })));
  for (const customerId of [...CALLED, ...SHOWN]) {
    const channels = [CALLED.includes(customerId) ? 'remote_bank' : 'app'];
    const request = {
      requestId: customerId,
      customerId,
      channels,
      maxActions: 1,
      isCommitted: true,
      context: undefined,
    };
    expect((await client.decide(request)).decisions[0]?.reason).toBe('CHOSEN');
  }
}

endsTheSameHoweverTold(
  async () => {
    const fixture = await ArbitrationFixture.start();
    await prepare(fixture);
    return { service: fixture.first, events, stop: () => fixture.stop() };
  },
  {
    leaves: {
      main: ['customer_states', 'lessons'],
      strategies: ['strategies'],
      moments: ['decisions'],
      outcomes: ['capacities', 'decisions'],
      claims: ['decisions', 'stock_promises'],
    },
    unlike: {
      // Lessons are numbered as they are heard.
      lessons: ['_id', 'number'],
      // A move that was out of date when it was heard of is none.
      decisions: ['capacityMoveCount'],
      // How often replicas are told to look again, which is once for what is heard together or is out of date.
      revisions: ['revision'],
    },
  },
);
