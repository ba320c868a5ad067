import {
  DecisionMade,
  DecisionRetracted,
  OutcomeRecorded,
} from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Goal, GoalsServiceService } from '@tidegate/contracts/campaigns/v1/goals';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { LeadAccepted, LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { endsTheSameHoweverTold, FakeClock, told, type ToldEvent } from '@tidegate/testing';
import { MomentRuleCatalogue } from '../moments/moment-rule-catalogue';
import {
  actionMessage,
  customerMessage,
  momentRuleMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from './campaigns-harness';

const start = new FakeClock().now().getTime();
const at = (minute: number): Date => new Date(start + minute * 60_000);
const strategyId = 'deposit';

const customer = (customerId: string, version: number, balanceMinor: number): ToldEvent =>
  told(CustomerChanged, {
    customer: customerMessage(customerId, { version, orgPath: 'hq/east/one', attributes: { balanceMinor } }),
  });
const decided = (customerId: string, minute: number, group = 'treated'): ToldEvent => {
  const decision = { decisionId: `d-${customerId}`, customerId, strategyId, group, decidedAt: at(minute) };
  return told(DecisionMade, DecisionMade.fromPartial({ decision }));
};
const retracted = (customerId: string, minute: number): ToldEvent => {
  const decision = { decisionId: `d-${customerId}`, customerId, strategyId, group: 'treated', decidedAt: at(minute) };
  return told(DecisionRetracted, DecisionRetracted.fromPartial({ decision }));
};
const outcome = (customerId: string, name: string, minute: number): ToldEvent => {
  const what = { decisionId: `d-${customerId}`, customerId, strategyId, outcome: name, occurredAt: at(minute) };
  return told(OutcomeRecorded, OutcomeRecorded.fromPartial(what));
};
const fact = (factId: string, customerId: string, factType: string, data: FactRecorded['data']): ToldEvent =>
  told(FactRecorded, { factId, factType, customerId, data, occurredAt: at(30), acceptedAt: at(30) });
const lead = (customerId: string, rest: object) => ({
  lead: { leadId: `l-${customerId}`, customerId, strategyId, seatId: 's-1', ...rest },
});

const events = [
  customer('c1', 1, 100_000),
  customer('c2', 1, 50_000),
  decided('c1', 10),
  decided('c2', 10, 'control'),
  customer('c1', 2, 999_000),
  customer('c1', 3, 400_000),
  customer('c2', 2, 900_000),
  outcome('c1', 'shown', 11),
  outcome('c1', 'converted', 12),
  fact('f-1', 'c1', 'fee-income', { amountMinor: 700 }),
  fact('f-5', 'c1', 'fee-income', { amountMinor: 40, currency: 'CNY' }),
  fact('f-6', 'c1', 'fee-income', { amountMinor: 9_000, currency: 'USD' }),
  customer('c3', 1, 0),
  decided('c3', 10),
  customer('c4', 1, 0),
  decided('c4', 10),
  retracted('c4', 10),
  fact('f-7', 'c1', 'campaign-outcome', { strategyId, outcome: 'converted' }),
  fact('f-8', 'c2', 'campaign-outcome', { strategyId, outcome: 'converted' }),
  fact('f-9', 'c3', 'campaign-outcome', { strategyId, outcome: 'converted' }),
  fact('f-2', 'c1', 'transaction', { amount: 20_000 }),
  fact('f-3', 'c2', 'transaction', { amount: 30_000 }),
  fact('f-4', 'c2', 'transaction', { amount: 3 }),
  told(LeadAccepted, LeadAccepted.fromPartial(lead('c1', { acceptedAt: at(20) }))),
  told(LeadAccepted, LeadAccepted.fromPartial(lead('c2', { acceptedAt: at(21) }))),
  told(LeadClosed, LeadClosed.fromPartial({ ...lead('c1', { closedAt: at(25) }), closedAt: at(25) })),
];

async function prepare({ maker, checker, service }: Harness): Promise<void> {
  await maker.putAction({ requestId: 'a', action: actionMessage() });
  const momentRules = [momentRuleMessage({ ruleId: 'outflow' })];
  await publish({ maker, checker }, strategyMessage({ strategyId, segmentId: '', momentRules }));
  await service.app.get(MomentRuleCatalogue).refresh();
  const goals = service.client(GoalsServiceService, { id: 'maker' });
  const common = { strategyId, orgPath: 'hq/east', targetAmount: 10, startsAt: at(0), endsAt: at(600 * 24 * 60) };
  for (const kind of ['aum', 'customers', 'fee_income']) {
    const currency = kind === 'customers' ? '' : 'CNY';
    const goal = Goal.fromPartial({ ...common, goalId: kind, name: kind, kind, currency });
    await goals.putGoal({ requestId: kind, goal });
  }
}

endsTheSameHoweverTold(
  async () => {
    const harness = await startCampaigns({ clock: new FakeClock() });
    await prepare(harness);
    return { service: harness.service, events, stop: () => harness.stop() };
  },
  {
    leaves: {
      main: ['customer_facts'],
      moments: ['moments'],
      goals: ['goals', 'goal_members'],
      touches: ['list_touches'],
    },
    // What a customer had when he joined is as far as it was heard of by then.
    unlike: { goal_members: ['baselineMinor', 'currentMinor'], goals: ['achievedAmount'] },
  },
);
