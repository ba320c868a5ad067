import { REPORTED_CAPACITIES, type Gain } from '../measure/gains';
import type { StoryFacts } from './story-facts';

/** What `out/demo-report.json` holds. */
export interface DemoReport {
  customers: number;
  events: number;
  /** Part of the campaign's real subscribers that the seats called. */
  reachedShare: number;
  gains: Gain[];
  leads: Record<string, number>;
  mot: { count: number; p50Ms: number; p99Ms: number };
  flashSale: { stock: number; callers: number; claimed: number; refused: number };
  redemptions: { count: number; amountMinor: number };
  settlement: { batches: number; amountMinor: number };
  ledger: { postings: number; trialBalanceMinor: number };
  /** Lift and interval are null when the data cannot show one. */
  holdout: {
    treated: number;
    control: number;
    lift: number | null;
    ciLow: number | null;
    ciHigh: number | null;
    sampleRatioP: number;
  };
}

export function demoReportOf(facts: StoryFacts): DemoReport {
  const { campaign, moments, flashSale, wallet, settlement, ledger, effect } = facts;
  const ifShown = (value: number): number | null => (effect.hasLift ? value : null);
  return {
    customers: facts.customers,
    events: facts.events,
    reachedShare: reachedShareOf(facts),
    gains: campaign.gains.filter(({ capacityShare }) =>
      (REPORTED_CAPACITIES as readonly number[]).includes(capacityShare),
    ),
    leads: facts.leads,
    mot: { count: moments.count, p50Ms: moments.p50Ms, p99Ms: moments.p99Ms },
    flashSale: {
      stock: flashSale.stock,
      callers: flashSale.callers,
      claimed: flashSale.claimed,
      refused: flashSale.refused,
    },
    redemptions: { count: wallet.redemptionCount, amountMinor: wallet.redemptionAmountMinor },
    settlement: { batches: settlement.batches.length, amountMinor: settlement.amountMinor },
    ledger: { postings: ledger.postings, trialBalanceMinor: ledger.trialBalanceMinor },
    holdout: {
      treated: effect.treated,
      control: effect.control,
      lift: ifShown(effect.lift),
      ciLow: ifShown(effect.ciLow),
      ciHigh: ifShown(effect.ciHigh),
      sampleRatioP: effect.sampleRatioP,
    },
  };
}

export const reachedShareOf = ({ campaign }: Pick<StoryFacts, 'campaign'>): number =>
  campaign.subscriberCount === 0 ? 0 : campaign.reachedCount / campaign.subscriberCount;
