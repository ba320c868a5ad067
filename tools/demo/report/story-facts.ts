import type { Gain } from '../measure/gains';
import type { Pace } from '../measure/progress';

/** Everything the report says. Each number is an answer of the platform, or counted from the campaign's own file. */
export interface StoryFacts {
  finishedAt: string;
  gatewayUrl: string;
  loads: LoadFacts[];
  customers: number;
  events: number;
  approval: ApprovalFacts;
  campaign: CampaignFacts;
  funnel: FunnelFacts[];
  leads: Record<string, number>;
  brief: BriefFacts;
  moments: MomentFacts;
  rfm: RfmFacts;
  flashSale: FlashSaleFacts;
  wallet: WalletFacts;
  settlement: SettlementFacts;
  ledger: LedgerFacts;
  effect: EffectFacts;
  /** What was compared with what, and agreed. */
  checks: string[];
}

export interface LoadFacts extends Pace {
  what: string;
}

export interface ApprovalFacts {
  strategies: { name: string; version: number; createdBy: string; reviewedBy: string }[];
  /** Why the maker's own approval was refused. */
  ownApprovalReason: string;
}

export interface WindowFacts {
  name: string;
  size: number;
  passed: number;
  chosen: number;
  explored: number;
  subscribers: number;
  reached: number;
}

export interface CampaignFacts {
  historyCount: number;
  windows: WindowFacts[];
  subscriberCount: number;
  reachedCount: number;
  /** Of the platform's lead report. */
  convertedLeads: number;
  gains: Gain[];
  curve: Gain[];
  seatShare: number;
  screened: Record<string, number>;
  model: { lessons: number; successes: number; logLoss: number; features: { name: string; weight: number }[] };
}

export interface FunnelFacts {
  strategyId: string;
  channel: string;
  considered: number;
  chosen: number;
  delivered: number;
  reached: number;
  responded: number;
  converted: number;
  countByReason: Record<string, number>;
}

/** What an agent saw of one lead. */
export interface BriefFacts {
  title: string;
  disposition: string;
  why: string[];
  opening: string;
  talkingPoints: string[];
  timeline: string[];
}

export interface MomentFacts {
  count: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  maxMs: number;
  outflowMinor: number;
  salaryMinor: number;
  branchLeads: number;
  messagesRead: number;
}

export interface RfmFacts {
  asOf: string;
  customerCount: number;
  cells: { recency: number; frequency: number; monetary: number; customerCount: number }[];
}

export interface FlashSaleFacts {
  name: string;
  rule: unknown;
  audience: number;
  stock: number;
  callers: number;
  calls: number;
  earlyCalls: number;
  repeats: number;
  claimed: number;
  refused: number;
  refusedByReason: Record<string, number>;
  seconds: number;
  concurrency: number;
  faceValueMinor: number;
  currency: string;
}

export interface WalletFacts {
  giftsOffered: number;
  giftsAccepted: number;
  giftsTakenBack: number;
  /** Wrong uses that were refused, by reason. */
  refusals: Record<string, number>;
  redemptionCount: number;
  redemptionAmountMinor: number;
  /** The same amount by the reports. */
  reviewedAmountMinor: number;
  heldAndCommitted: number;
  voided: number;
}

export interface SettlementFacts {
  businessDates: string[];
  amountMinor: number;
  batches: {
    merchant: string;
    redemptionCount: number;
    amountMinor: number;
    currency: string;
    state: string;
    shares: { funder: string; partyId: string; amountMinor: number }[];
    statementLines: number;
    statementAmountMinor: number;
  }[];
}

export interface LedgerFacts {
  postings: number;
  trialBalanceMinor: number;
  accounts: { account: string; currency: string; debitMinor: number; creditMinor: number }[];
}

export interface EffectFacts {
  treated: number;
  control: number;
  hasLift: boolean;
  lift: number;
  ciLow: number;
  ciHigh: number;
  sampleRatioP: number;
  plannedControlShare: number;
  explanation: string;
}
