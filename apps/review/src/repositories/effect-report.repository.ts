import { Injectable } from '@nestjs/common';
import { OUTCOMES_UNANSWERED, REASON_OF_CONTROL, REASONS_BEFORE_DRAW, type EffectInput } from '../domain/effect';
import { ColumnarCopy } from './columnar-copy';

interface EffectRow {
  treatedCount: number;
  treatedKnownCount: number;
  treatedSuccessCount: number;
  controlCount: number;
  controlKnownCount: number;
  controlSuccessCount: number;
  plannedBasisPoints: number | null;
}

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

const groupSql = (group: 'treated' | 'control'): string => `
  count(*) FILTER (m.drawnAs = '${group}') AS ${group}Count,
  count(t.customerId) FILTER (m.drawnAs = '${group}') AS ${group}KnownCount,
  count(*) FILTER (m.drawnAs = '${group}' AND t.isSuccess) AS ${group}SuccessCount`;

/**
 * `member` is each customer's first draw for the strategy, `told` whether a success was among the outcomes since. The planned
 * share is that of the versions by which the members were drawn; a version that was never told counts as the latest.
 */
const EFFECT_SQL = `
WITH drawn AS (
  SELECT d.customerId, d.decisionId, d.decidedAt, c.strategyVersion,
    CASE WHEN c.reason = '${REASON_OF_CONTROL}' THEN 'control' ELSE 'treated' END AS drawnAs
  FROM candidate c JOIN decision d ON d.decisionId = c.decisionId
  WHERE c.strategyId = $strategyId AND c.reason NOT IN (${list(REASONS_BEFORE_DRAW)})
), member AS (
  SELECT customerId, min(decidedAt) AS decidedAt,
    first(drawnAs ORDER BY decidedAt, decisionId, drawnAs) AS drawnAs,
    first(strategyVersion ORDER BY decidedAt, decisionId) AS strategyVersion
  FROM drawn GROUP BY customerId
), told AS (
  SELECT m.customerId, bool_or(o.outcome = $outcome) AS isSuccess
  FROM member m JOIN outcome o ON o.customerId = m.customerId AND o.occurredAt >= m.decidedAt
  WHERE o.strategyId = $strategyId AND o.outcome NOT IN (${list(OUTCOMES_UNANSWERED)})
  GROUP BY m.customerId
), planned AS (
  SELECT strategyVersion, arg_max(holdoutBasisPoints, revision) AS basisPoints
  FROM strategy WHERE strategyId = $strategyId GROUP BY strategyVersion
), latest AS (
  SELECT arg_max(holdoutBasisPoints, revision) AS basisPoints FROM strategy WHERE strategyId = $strategyId
)
SELECT ${groupSql('treated')}, ${groupSql('control')},
  coalesce(avg(coalesce(p.basisPoints, l.basisPoints)), any_value(l.basisPoints)) AS plannedBasisPoints
FROM latest l
LEFT JOIN member m ON true
LEFT JOIN told t ON t.customerId = m.customerId
LEFT JOIN planned p ON p.strategyVersion = m.strategyVersion`;

const KNOWN_SQL = `
SELECT EXISTS (SELECT 1 FROM strategy WHERE strategyId = $strategyId)
  OR EXISTS (SELECT 1 FROM candidate WHERE strategyId = $strategyId) AS isKnown`;

/** Counts for a strategy's effect. */
@Injectable()
export class EffectReportRepository {
  constructor(private readonly copy: ColumnarCopy) {}

  async isKnown(strategyId: string): Promise<boolean> {
    const [row] = await this.copy.query<{ isKnown: boolean }>(KNOWN_SQL, { strategyId });
    return row?.isKnown ?? false;
  }

  async count(strategyId: string, outcome: string): Promise<EffectInput> {
    const [row] = await this.copy.query<EffectRow>(EFFECT_SQL, { strategyId, outcome });
    if (!row) throw new Error('the effect query gave no row');
    const group = (name: 'treated' | 'control') => ({
      count: row[`${name}Count`],
      knownCount: row[`${name}KnownCount`],
      successCount: row[`${name}SuccessCount`],
    });
    const plannedControlShare = (row.plannedBasisPoints ?? 0) / 10_000;
    return { treated: group('treated'), control: group('control'), plannedControlShare, outcome };
  }
}
