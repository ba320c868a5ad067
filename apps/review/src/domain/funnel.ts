/** Stages after a decision chose, in order. A decision counts in a stage when that stage or a later one was seen. */
export const FUNNEL_STAGES = ['delivered', 'reached', 'responded', 'converted'] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];

/**
 * How far each outcome of a decision takes it. No answer is a delivery that reached nobody; a dismissed message was seen;
 * a rejection is a response. A released reservation says nothing about the customer, so it is not here.
 */
export const STAGE_OF_OUTCOME: Readonly<Record<string, FunnelStage>> = {
  no_answer: 'delivered',
  shown: 'reached',
  dismissed: 'reached',
  clicked: 'responded',
  accepted: 'responded',
  rejected: 'responded',
  converted: 'converted',
};

/** How far each step of a message takes its decision. */
export const STAGE_OF_MESSAGE_STEP: Readonly<Record<string, FunnelStage>> = {
  delivered: 'delivered',
  shown: 'reached',
  dismissed: 'reached',
  clicked: 'responded',
};

/** How far each step of a lead takes its decision: a seat that accepts it reaches the customer. */
export const STAGE_OF_LEAD_STEP: Readonly<Record<string, FunnelStage>> = {
  created: 'delivered',
  offered: 'delivered',
  accepted: 'reached',
};

/** A stage's place, from 1; 0 is before all stages. */
export const stageRank = (stage: FunnelStage): number => FUNNEL_STAGES.indexOf(stage) + 1;

export interface FunnelRow extends Record<FunnelStage, number> {
  strategyId: string;
  channel: string;
  /** Candidates of the strategy on this channel: one per customer, action and time it was considered. */
  considered: number;
  chosen: number;
  /** What became of the candidates; they add up to `considered`. */
  countByReason: Record<string, number>;
}

/** One line per strategy, channel and reason, as counted. */
export interface FunnelTally extends Record<FunnelStage, number> {
  strategyId: string;
  channel: string;
  reason: string;
  considered: number;
  chosen: number;
}

/** Folds tallies into one row per strategy and channel, sorted by both. */
export function foldFunnel(tallies: FunnelTally[]): FunnelRow[] {
  const rows = new Map<string, FunnelRow>();
  for (const { reason, ...tally } of tallies) {
    const key = JSON.stringify([tally.strategyId, tally.channel]);
    const row = rows.get(key);
    rows.set(key, row ? add(row, tally, reason) : { ...tally, countByReason: { [reason]: tally.considered } });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function add(row: FunnelRow, tally: Omit<FunnelTally, 'reason'>, reason: string): FunnelRow {
  const sum = { ...row, considered: row.considered + tally.considered, chosen: row.chosen + tally.chosen };
  for (const stage of FUNNEL_STAGES) sum[stage] += tally[stage];
  sum.countByReason = { ...row.countByReason, [reason]: (row.countByReason[reason] ?? 0) + tally.considered };
  return sum;
}
