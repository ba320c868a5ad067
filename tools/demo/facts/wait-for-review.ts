import { OUTFLOW, RED_PACKET, SALARY, TERM_DEPOSIT } from '../cast';
import { windowsOf } from '../data/bank-file';
import { holdingEvents } from '../data/berka-events';
import { waitUntil } from '../measure/wait-until';
import { WINDOW_SIZE } from '../plan';
import { windowKey, type WorkedWindow } from '../steps/campaign.step';
import type { SaleTally } from '../steps/flash-sale.step';
import type { GiftTally } from '../steps/gifts.step';
import type { World } from '../world';

/** Full type name of the event that tells of an accepted fact. */
export const FACT_RECORDED = 'tidegate.customers.v1.FactRecorded';

/** A number of the reports and the least that it will come to. */
interface Expectation {
  what: string;
  now: number;
  least: number;
}

/** Reports follow the events a moment later: waits until they have counted everything that this story did. */
export async function waitForReview(world: World): Promise<void> {
  await waitUntil('reports that have counted everything', async () => {
    const behind = (await expectations(world)).filter(({ now, least }) => now < least);
    if (behind.length === 0) return { isThere: true, value: undefined };
    return { isThere: false, state: behind.map(({ what, now, least }) => `${what}: ${now} of ${least}`).join(', ') };
  });
}

async function expectations(world: World): Promise<Expectation[]> {
  const { review, bank, berka, journal, money } = world;
  const { countByEventType } = await review.getIntakeReport();
  const { countByDisposition } = await review.getLeadReport(TERM_DEPOSIT.strategyId);
  const benefits = await review.getBenefitReport(RED_PACKET.stockId);
  const told = bank.historyCount + holdingEvents(berka).length + berka.transactions.length;
  const rows = await review.listFunnel();
  const reachedBy = (strategyId: string): number =>
    rows.filter((row) => row.strategyId === strategyId).reduce((sum, { reached }) => sum + reached, 0);
  const refusals = journal.get<SaleTally>('flash-sale').refusals;
  return [
    { what: 'facts', now: countByEventType[FACT_RECORDED] ?? 0, least: told },
    { what: 'closed leads', now: sumOf(countByDisposition), least: chosenByCampaign(world) },
    { what: 'leads of branches', now: reachedBy(OUTFLOW.strategyId), least: journal.get<number>('branch-leads') },
    { what: 'messages read', now: reachedBy(SALARY.strategyId), least: journal.get<number>('messages-marked') },
    { what: 'claims', now: benefits.claimed, least: (await money.getStock(RED_PACKET.stockId)).claimedCount },
    { what: 'gifts', now: benefits.transferred, least: journal.get<GiftTally>('gifts').accepted },
    { what: 'redemptions', now: benefits.redeemed, least: (await money.listRedemptions()).length },
    ...Object.entries(refusals).map(([reason, least]) => ({
      what: reason,
      now: benefits.refusedByReason[reason] ?? 0,
      least,
    })),
  ];
}

const chosenByCampaign = ({ bank, journal }: World): number =>
  windowsOf(bank, WINDOW_SIZE).reduce(
    (sum, _window, index) => sum + journal.get<WorkedWindow>(windowKey(index)).chosenCount,
    0,
  );

const sumOf = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, value) => sum + value, 0);
