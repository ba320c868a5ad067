import { Injectable } from '@nestjs/common';
import {
  FUNNEL_STAGES,
  STAGE_OF_LEAD_STEP,
  STAGE_OF_MESSAGE_STEP,
  STAGE_OF_OUTCOME,
  stageRank,
  type FunnelStage,
  type FunnelTally,
} from '../domain/funnel';
import { ColumnarCopy } from './columnar-copy';

export interface FunnelFilter {
  /** Empty for all. */
  strategyId: string;
  from?: Date;
  to?: Date;
}

const caseOf = (column: string, stages: Readonly<Record<string, FunnelStage>>): string => {
  const branches = Object.entries(stages).map(([value, stage]) => `WHEN '${value}' THEN ${stageRank(stage)}`);
  return `CASE ${column} ${branches.join(' ')} ELSE 0 END`;
};

const reachedSql = FUNNEL_STAGES.map(
  (stage) => `count(*) FILTER (w.isChosen AND f.stage >= ${stageRank(stage)}) AS ${stage}`,
).join(', ');

const unreachedSql = FUNNEL_STAGES.map((stage) => `0 AS ${stage}`).join(', ');

/**
 * `way` is one candidate's way through one choice. A choice of several actions makes a decision of each, all with the same
 * candidates, so candidates are told apart by customer, time and moment of truth, not by decision: two moments of one customer may be
 * decided in one batch. `furthest` is how far each decision came. Of the candidates of a push some are told of by their number alone: they were not
 * chosen, and a push makes one decision of each choice.
 */
const FUNNEL_SQL = `
WITH way AS (
  SELECT c.strategyId, c.channel, bool_or(c.isChosen) AS isChosen, first(c.reason ORDER BY c.isChosen DESC) AS reason,
    max(c.decisionId) FILTER (c.isChosen) AS decisionId
  FROM candidate c JOIN decision d ON d.decisionId = c.decisionId
  WHERE ($strategyId = '' OR c.strategyId = $strategyId) AND d.decidedAt >= $fromMs AND d.decidedAt < $toMs
  GROUP BY d.customerId, d.decidedAt, coalesce(d.momentId, ''), c.strategyId, c.actionId, c.channel
), touch AS (
  SELECT decisionId, ${caseOf('outcome', STAGE_OF_OUTCOME)} AS stage FROM outcome
  UNION ALL SELECT decisionId, ${caseOf('step', STAGE_OF_MESSAGE_STEP)} FROM message
  UNION ALL SELECT decisionId, ${caseOf('step', STAGE_OF_LEAD_STEP)} FROM lead
  UNION ALL SELECT decisionId, ${stageRank('responded')} FROM claim WHERE decisionId <> ''
), furthest AS (
  SELECT decisionId, max(stage) AS stage FROM touch GROUP BY decisionId
)
SELECT w.strategyId, w.channel, w.reason, count(*) AS considered, count(*) FILTER (w.isChosen) AS chosen, ${reachedSql}
FROM way w LEFT JOIN furthest f ON f.decisionId = w.decisionId
GROUP BY w.strategyId, w.channel, w.reason
UNION ALL
SELECT l.strategyId, l.channel, l.reason, sum(l.candidateCount)::BIGINT AS considered, 0 AS chosen, ${unreachedSql}
FROM leftCandidates l JOIN decision d ON d.decisionId = l.decisionId
WHERE ($strategyId = '' OR l.strategyId = $strategyId) AND d.decidedAt >= $fromMs AND d.decidedAt < $toMs
GROUP BY l.strategyId, l.channel, l.reason`;

/** Counts for the funnel. */
@Injectable()
export class FunnelReportRepository {
  constructor(private readonly copy: ColumnarCopy) {}

  tally({ strategyId, from, to }: FunnelFilter): Promise<FunnelTally[]> {
    return this.copy.query<FunnelTally>(FUNNEL_SQL, {
      strategyId,
      fromMs: from?.getTime() ?? 0,
      toMs: to?.getTime() ?? Number.MAX_SAFE_INTEGER,
    });
  }
}
