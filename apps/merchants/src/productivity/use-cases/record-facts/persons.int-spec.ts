import { BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FactRecorded, PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { ProductivityServiceService } from '@tidegate/contracts/merchants/v1/productivity';
import { eventually } from '@tidegate/testing';
import { asMessage } from '../../../testing/fake-benefits';
import { aRedemption } from '../../../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../../testing/merchants.harness';

// Goal: a natural person is one customer of a month, under whichever of his profiles he pays, and two when the join was a mistake.

const PATIENT = { timeoutMs: 60_000 };

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

let told = 0;
/** As a join, or its undoing, tells it; returns when it was heard. */
async function move(customerIds: string[], personKey: string): Promise<void> {
  const version = (told += 1);
  const profiles = customerIds.map((customerId) => ({ customerId, personKey, version }));
  await harness.service.publish(PersonsChanged, personKey, [{ profiles }]);
  const links = harness.service.mongo.connection.collection<{ _id: string; personKey: string }>('person_links');
  await eventually(
    async () => expect(await links.countDocuments({ _id: { $in: customerIds }, personKey })).toBe(customerIds.length),
    PATIENT,
  );
}
const pay = (month: string, ...customerIds: string[]): Promise<void> => {
  const facts = customerIds.map((customerId): FactRecorded => ({
    ...{ factId: newRequestId(), factType: 'transaction', customerId, data: { storeId: 'noodle-bar-1' } },
    occurredAt: new Date(`${month}-20T04:00:00Z`),
    acceptedAt: undefined,
  }));
  return harness.service.publish(FactRecorded, 'bank', facts);
};
const redeem = (month: string, customerId: string): Promise<void> => {
  const what = aRedemption({ redemptionId: newRequestId(), redeemedAt: new Date(`${month}-21T04:00:00Z`) });
  return harness.service.publish(BenefitRedeemed, 'noodle-bar', [{ redemption: { ...asMessage(what), customerId } }]);
};
/** Customers, transactions and redemptions of the store's branch. */
async function shows(month: string, ...counts: number[]): Promise<void> {
  const list = { kind: 'branch', month, orderBy: '', pageSize: 0, pageToken: '' };
  await eventually(async () => {
    const { rows } = await harness.clientOf(ProductivityServiceService).listProductivity(list);
    const east = rows.find(({ key }) => key === 'hq/east')!;
    expect([east.customerCount, east.transactionCount, east.redemptionCount]).toEqual(counts);
  }, PATIENT);
}

it('counts the profiles of a person as one customer, at once and one after another', async () => {
  await move(['ada', 'bea', 'cai'], 'key-ada');
  await pay('2026-11', 'ada', 'bea', 'dan');
  await shows('2026-11', 2, 3, 0);
  await redeem('2026-11', 'cai');
  await shows('2026-11', 2, 3, 1);
  await pay('2026-12', 'cai');
  await shows('2026-12', 1, 1, 0);
});

it('leaves what was counted before a join, and counts by the persons of now from then on', async () => {
  await pay('2026-10', 'eli', 'fay');
  await shows('2026-10', 2, 2, 0);
  await move(['eli', 'fay'], 'key-eli');
  await pay('2026-10', 'eli', 'fay');
  await shows('2026-10', 2, 4, 0);
  await pay('2026-09', 'eli', 'fay');
  await shows('2026-09', 1, 2, 0);
  await move(['fay'], 'key-fay');
  await pay('2026-09', 'eli', 'fay');
  await shows('2026-09', 2, 4, 0);
});
