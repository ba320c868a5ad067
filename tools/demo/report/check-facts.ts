import { OUTFLOW, SALARY } from '../cast';
import type { StoryFacts } from './story-facts';

interface Comparison {
  what: string;
  left: number;
  right: number;
}

const MOMENT_STRATEGIES: readonly string[] = [OUTFLOW.strategyId, SALARY.strategyId];

/**
 * Compares what different services and the files say of the same thing.
 * @returns one sentence per comparison
 * @throws Error that names every difference
 */
export function checkFacts(facts: Omit<StoryFacts, 'checks'>): string[] {
  const { flashSale, wallet, settlement, ledger, campaign, moments, funnel, leads } = facts;
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const comparisons: Comparison[] = [
    { what: 'Trial balance and zero', left: ledger.trialBalanceMinor, right: 0 },
    {
      what: 'Debits and credits of all accounts',
      left: sum(ledger.accounts.map(({ debitMinor }) => debitMinor)),
      right: sum(ledger.accounts.map(({ creditMinor }) => creditMinor)),
    },
    { what: 'Red packets claimed and stock', left: flashSale.claimed, right: flashSale.stock },
    {
      what: 'Callers claimed or refused, and callers',
      left: flashSale.claimed + flashSale.refused,
      right: flashSale.callers,
    },
    { what: 'Settled amount and redeemed amount', left: settlement.amountMinor, right: wallet.redemptionAmountMinor },
    {
      what: 'Redeemed amount by the till and by the reports',
      left: wallet.redemptionAmountMinor,
      right: wallet.reviewedAmountMinor,
    },
    {
      what: 'Amounts on statements and of batches',
      left: sum(settlement.batches.map(({ statementAmountMinor }) => statementAmountMinor)),
      right: settlement.amountMinor,
    },
    {
      what: 'Lines on statements and redemptions',
      left: sum(settlement.batches.map(({ statementLines }) => statementLines)),
      right: wallet.redemptionCount,
    },
    {
      what: 'Cost shares and settled amount',
      left: sum(settlement.batches.flatMap(({ shares }) => shares.map(({ amountMinor }) => amountMinor))),
      right: settlement.amountMinor,
    },
    {
      what: 'Moments of truth decided and considered',
      left: moments.count,
      right: sum(
        funnel.filter(({ strategyId }) => MOMENT_STRATEGIES.includes(strategyId)).map(({ considered }) => considered),
      ),
    },
    {
      what: 'Leads worked, and customers chosen for people',
      left: sum(Object.values(leads)),
      right: sum(funnel.filter(({ channel }) => channel !== 'app').map(({ chosen }) => chosen)),
    },
    {
      what: 'Subscribers reached by the file, and converted leads',
      left: campaign.reachedCount,
      right: campaign.convertedLeads,
    },
  ];
  const wrong = comparisons.filter(({ left, right }) => left !== right);
  if (wrong.length > 0) {
    const said = wrong.map(({ what, left, right }) => `${what} differ: ${left} and ${right}.`);
    throw new Error(`The story's facts do not agree. ${said.join(' ')}`);
  }
  return comparisons.map(({ what, left }) => `${what} agree: ${left.toLocaleString('en-US')}.`);
}
