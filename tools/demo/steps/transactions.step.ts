import { holdingEvents, transactionEvents } from '../data/berka-events';
import { momentThresholds, SALARY_OPERATION } from '../data/moment-thresholds';
import { waitUntil } from '../measure/wait-until';
import { tellPaced } from '../tell-events';
import type { World } from '../world';

const RFM_WINDOW_DAYS = 3_650;

/** The Czech bank's holdings, then its transactions, in order of time; they fire the moments of truth. */
export async function tellTransactions(world: World): Promise<void> {
  const { berka, journal } = world;
  await journal.step('holdings', async () => {
    const pace = await tellPaced(world, 'accounts, cards and loans told', holdingEvents(berka));
    journal.put('load:holdings', { what: 'Accounts, cards and loans', ...pace });
  });
  await journal.step('transactions', async () => {
    const pace = await tellPaced(world, 'transactions told', transactionEvents(berka));
    journal.put('load:transactions', { what: 'Transactions (paced)', ...pace });
  });
  await waitForMoments(world);
}

/** Every transaction over a threshold is one moment, decided once. */
function expectedMoments({ berka: { transactions } }: World): number {
  const { outflowMinor, salaryMinor } = momentThresholds(transactions);
  return transactions.filter(({ direction, operation, amountMinor }) =>
    direction === 'debit' ? amountMinor >= outflowMinor : operation === SALARY_OPERATION && amountMinor >= salaryMinor,
  ).length;
}

async function waitForMoments(world: World): Promise<void> {
  const expected = expectedMoments(world);
  const { count, p99Ms } = await waitUntil(`decisions on ${expected} moments of truth`, async () => {
    const latency = await world.review.getMomentLatency();
    if (latency.count > expected)
      throw new Error(`${latency.count} moments were decided; ${expected} are over the thresholds.`);
    const isThere = latency.count === expected;
    return isThere ? { isThere, value: latency } : { isThere, state: `${latency.count} decided` };
  });
  world.say(`  ${count} moments of truth decided, 99 % within ${Math.round(p99Ms)} ms of the fact`);
}

/** RFM quintiles as of the end of the last day with a transaction. */
export async function computeRfm(world: World): Promise<void> {
  const { customers, berka, journal } = world;
  const lastDay = berka.transactions.map(({ bookedOn }) => bookedOn).reduce((a, b) => (a > b ? a : b), '');
  const { customerCount, tookMs } = await customers.computeRfm(
    `${lastDay}T23:59:59Z`,
    RFM_WINDOW_DAYS,
    `rfm:${lastDay}`,
  );
  journal.put('rfm', { asOf: lastDay, customerCount });
  world.say(`  RFM of ${customerCount} customers as of ${lastDay}, ${tookMs.toFixed(0)} ms`);
}
