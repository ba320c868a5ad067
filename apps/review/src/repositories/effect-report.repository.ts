import { Injectable } from '@nestjs/common';
import type { EvaluationPlan } from '@tidegate/contracts/campaigns/v1/campaigns';
import { OUTCOMES_UNANSWERED, REASON_OF_CONTROL, REASONS_BEFORE_DRAW, type EffectInput } from '../domain/effect';
import { ColumnarCopy } from './columnar-copy';
import { PERSON_SQL } from './person-sql';

type GroupRow<G extends string> = Record<`${G}Count` | `${G}KnownCount` | `${G}SuccessCount`, number>;

type EffectRow = GroupRow<'treated'> &
  GroupRow<'control'> &
  GroupRow<'treatedRipe'> &
  GroupRow<'controlRipe'> & { plannedBasisPoints: number | null };

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

const countsSql = (name: string, isIn: string): string => `
  count(*) FILTER (${isIn}) AS ${name}Count,
  count(t.personId) FILTER (${isIn}) AS ${name}KnownCount,
  count(*) FILTER (${isIn} AND t.isSuccess) AS ${name}SuccessCount`;

const groupSql = (group: 'treated' | 'control'): string =>
  [
    countsSql(group, `m.drawnAs = '${group}'`),
    countsSql(`${group}Ripe`, `m.drawnAs = '${group}' AND m.decidedAt + $windowMs <= $nowMs`),
  ].join(',');

/**
 * `member` is each natural person's first draw for the strategy, under whichever of his profiles, `told` whether a success was among the outcomes since; the ripe ones are those whose window is over. The planned
 * share is that of the versions by which the members were drawn; a version that was never told counts as the latest.
 */
const EFFECT_SQL = `
WITH ${PERSON_SQL}, judged AS (
  SELECT decisionId, strategyId, strategyVersion, reason FROM candidate
  UNION ALL SELECT decisionId, strategyId, strategyVersion, reason FROM leftCandidates
), drawn AS (
  SELECT coalesce(p.personId, d.customerId) AS personId, d.decisionId, d.decidedAt, c.strategyVersion,
    CASE WHEN c.reason = '${REASON_OF_CONTROL}' THEN 'control' ELSE 'treated' END AS drawnAs
  FROM judged c JOIN decision d ON d.decisionId = c.decisionId
  LEFT JOIN person p ON p.customerId = d.customerId
  WHERE c.strategyId = $strategyId AND c.reason NOT IN (${list(REASONS_BEFORE_DRAW)})
), member AS (
  SELECT personId, min(decidedAt) AS decidedAt,
    first(drawnAs ORDER BY decidedAt, decisionId, drawnAs) AS drawnAs,
    first(strategyVersion ORDER BY decidedAt, decisionId) AS strategyVersion
  FROM drawn GROUP BY personId
), told AS (
  SELECT m.personId, bool_or(o.outcome = $outcome) AS isSuccess
  FROM outcome o LEFT JOIN person p ON p.customerId = o.customerId
  JOIN member m ON m.personId = coalesce(p.personId, o.customerId) AND o.occurredAt >= m.decidedAt
    AND o.occurredAt < m.decidedAt + $windowMs
  WHERE o.strategyId = $strategyId AND o.outcome NOT IN (${list(OUTCOMES_UNANSWERED)})
  GROUP BY m.personId
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
LEFT JOIN told t ON t.personId = m.personId
LEFT JOIN planned p ON p.strategyVersion = m.strategyVersion`;

const DAY_MS = 86_400_000;
const EVER_MS = 100_000 * DAY_MS;

interface PlanRow extends Omit<EvaluationPlan, 'reviewAt'> {
  reviewAt: number | null;
}

const PLAN_SQL = `
SELECT planOutcome AS successOutcome, planWindowDays AS windowDays, planMinGroupSize AS minGroupSize,
  planExpectedLiftBasisPoints AS expectedLiftBasisPoints, planReviewAt AS reviewAt
FROM strategy WHERE strategyId = $strategyId ORDER BY revision DESC LIMIT 1`;

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

  /** That of the version told of last; null when it has none. */
  async findPlan(strategyId: string): Promise<EvaluationPlan | null> {
    const [row] = await this.copy.query<PlanRow>(PLAN_SQL, { strategyId });
    if (!row?.successOutcome) return null;
    return { ...row, reviewAt: row.reviewAt === null ? undefined : new Date(row.reviewAt) };
  }

  /**
   * All who were drawn, and of them those whose window is over by now.
   * @param windowDays outcomes count within so many days of the draw; null for ever
   */
  async count(
    strategyId: string,
    outcome: string,
    { windowDays, now }: { windowDays: number | null; now: Date },
  ): Promise<{ all: EffectInput; ripe: EffectInput }> {
    const windowMs = windowDays === null ? EVER_MS : windowDays * DAY_MS;
    const params = { strategyId, outcome, windowMs, nowMs: now.getTime() };
    const [row] = await this.copy.query<EffectRow>(EFFECT_SQL, params);
    if (!row) throw new Error('the effect query gave no row');
    const group = (name: 'treated' | 'control' | 'treatedRipe' | 'controlRipe') => ({
      count: row[`${name}Count`],
      knownCount: row[`${name}KnownCount`],
      successCount: row[`${name}SuccessCount`],
    });
    const plannedControlShare = (row.plannedBasisPoints ?? 0) / 10_000;
    return {
      all: { treated: group('treated'), control: group('control'), plannedControlShare, outcome },
      ripe: { treated: group('treatedRipe'), control: group('controlRipe'), plannedControlShare, outcome },
    };
  }
}
