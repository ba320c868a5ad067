import { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitClaimed, BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FactRecorded, FactsReceived } from '@tidegate/contracts/customers/v1/customers_events';
import { MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { endsTheSameHoweverTold, told, type ToldEvent } from '@tidegate/testing';
import { customerIdOf } from '../domain/customer-id';
import { column, importFile, importRequest, startCustomers } from './customers.harness';

const [ann, ben] = [customerIdOf('ann'), customerIdOf('ben')];
const at = (hour: number): Date => new Date(Date.UTC(2026, 1, 2, hour));
const fact = (customerId: string, hour: number, data: FactRecorded['data']): ToldEvent =>
  told(FactRecorded, {
    factId: `core/${customerId}-${hour}`,
    factType: 'transaction',
    customerId,
    data,
    occurredAt: at(hour),
    acceptedAt: at(hour),
  });
const entry = (entryId: string, ...facts: ToldEvent[]): { entryId: string; facts: ToldEvent[] } => ({ entryId, facts });
/** What two calls brought, with a fact that is in both. */
const entries = [
  entry('entry-1', fact(ann, 1, { amountMinor: -5 }), fact(ben, 2, { amountMinor: 70 })),
  entry('entry-2', fact(ben, 2, { amountMinor: 70 }), fact(ben, 3, { amountMinor: 80, balanceMinor: 3 })),
];
const decision = { customerId: ann, channel: 'app', title: 'Save more', actionId: 'deposit', group: 'treated' };

const events = [
  ...entries.map(({ entryId, facts }) => told(FactsReceived, { entryId, factCount: facts.length })),
  ...[8, 9, 10, 11].map((hour) => fact(ann, hour, { amountMinor: -100 * hour, balanceMinor: 1_000 - hour })),
  ...[8, 12].map((hour) => fact(ben, hour, { amountMinor: 50, balanceMinor: hour })),
  told(DecisionMade, {
    decision: Decision.fromPartial({ decisionId: 'd-1', decidedAt: at(11), ...decision }),
    leftCandidates: [],
  }),
  told(MessageDelivered, MessageDelivered.fromPartial({ deliveryId: 'm-1', customerId: ann, deliveredAt: at(12) })),
  told(LeadClosed, LeadClosed.fromPartial({ lead: { leadId: 'l-1', customerId: ben }, closedAt: at(13) })),
  told(BenefitClaimed, BenefitClaimed.fromPartial({ instanceId: 'i-1', customerId: ann, claimedAt: at(13) })),
  told(BenefitRedeemed, { redemption: redeemed('r-1', 14) }),
  told(BenefitRedeemed, { redemption: redeemed('r-2', 15) }),
  told(BenefitReversed, takenBack('r-2', 16)),
];

function redeemed(redemptionId: string, hour: number) {
  const partial = { redemption: { redemptionId, customerId: ann, amountMinor: 800, redeemedAt: at(hour) } };
  return BenefitRedeemed.fromPartial(partial).redemption;
}

function takenBack(redemptionId: string, hour: number): BenefitReversed {
  const reversal = { redemptionId, reversalId: 'v-1', storeId: 's-1', amountMinor: 800, reversedAt: at(hour) };
  return BenefitReversed.fromPartial({ reversal, customerId: ann });
}

endsTheSameHoweverTold(
  async () => {
    const { service, client, stop } = await startCustomers();
    await importFile(client, importRequest([column('id', 'external_id')], { requestId: 'base' }), 'id\nann\nben\n');
    const log = service.mongo.connection.collection<{ _id: string }>('intake_log');
    await log.insertMany(
      entries.map(({ entryId, facts }) => ({
        _id: entryId,
        facts: JSON.stringify(facts.map(({ type, data }) => type.toJSON(data))),
        at: at(20),
      })),
    );
    return { service, events, stop };
  },
  { leaves: { filing: ['facts'], profile: ['customers'], main: ['timeline'] }, ignored: ['columnar_feed'] },
);
