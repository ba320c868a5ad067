import { BANK_TIME_ZONE } from '../plan';
import { money } from '../report/format';
import type { World } from '../world';

/**
 * Settles the business days of the redemptions, which are not over yet: outside of development that would be refused. One person
 * prepares the batches, another releases them to be paid.
 */
export async function settleMerchants(world: World): Promise<void> {
  for (const businessDate of await businessDatesOf(world)) {
    const { batches } = await world.money.settle(businessDate, `settle:${businessDate}`);
    for (const { merchantId, redemptionCount, amountMinor, currency } of batches) {
      world.say(`  ${merchantId}: ${redemptionCount} redemptions of ${businessDate}, ${money(amountMinor, currency)}`);
    }
    const prepared = batches.filter(({ state }) => state === 'prepared').map(({ batchId }) => batchId);
    if (prepared.length > 0) await world.money.release(prepared, `release:${prepared.join('|')}`.slice(0, 128));
  }
}

const days = new Intl.DateTimeFormat('en-CA', {
  timeZone: BANK_TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Business days of the bank on which something was redeemed. */
export async function businessDatesOf({ money: api }: World): Promise<string[]> {
  const redemptions = await api.listRedemptions();
  const dates = redemptions.flatMap(({ redeemedAt }) =>
    redeemedAt === undefined ? [] : [days.format(new Date(redeemedAt))],
  );
  const businessDates = await Promise.all([...new Set(dates)].map((date) => api.businessDateOf(date)));
  return [...new Set(businessDates)].sort();
}
