import { Injectable } from '@nestjs/common';
import type { GroupSums } from '../domain/model-effect';
import { ColumnarCopy } from './columnar-copy';
import { PERSON_SQL } from './person-sql';

/**
 * `used` is each decision that the slot had a part in, `sums` each natural person's sums in a group, `drawn` the group and the shares at
 * his first decision. A success is worth what the chosen action was worth in the decision.
 */
const MODEL_EFFECT_SQL = `
WITH ${PERSON_SQL}, used AS (
  SELECT u.*, coalesce(d.valueMinor, 0) AS valueMinor, coalesce(p.personId, u.customerId) AS personId
  FROM modelUse u JOIN decision d ON d.decisionId = u.decisionId
  LEFT JOIN person p ON p.customerId = u.customerId
  WHERE u.slot = $slot AND u.decidedAt >= $fromMs
), won AS (
  SELECT DISTINCT decisionId FROM outcome WHERE outcome = $outcome AND decisionId <> ''
), sums AS (
  SELECT u.modelGroup, u.personId, count(*)::DOUBLE AS n, count(w.decisionId)::DOUBLE AS y,
    coalesce(sum(u.valueMinor) FILTER (w.decisionId IS NOT NULL), 0)::DOUBLE AS v,
    count(*) FILTER (u.isFallback) AS fallbacks
  FROM used u LEFT JOIN won w ON w.decisionId = u.decisionId GROUP BY u.modelGroup, u.personId
), drawn AS (
  SELECT personId, first(modelGroup ORDER BY decidedAt, decisionId) AS modelGroup,
    first(challengerBasisPoints ORDER BY decidedAt, decisionId) / 10000.0 AS challengerShare,
    first(noModelBasisPoints ORDER BY decidedAt, decisionId) / 10000.0 AS noModelShare
  FROM used GROUP BY personId
), split AS (
  SELECT g.name, count(*) FILTER (d.modelGroup = g.name) AS drawn,
    sum(CASE g.name WHEN 'challenger' THEN challengerShare WHEN 'no_model' THEN noModelShare
      ELSE 1 - challengerShare - noModelShare END)::DOUBLE AS expected
  FROM (VALUES ('champion'), ('challenger'), ('no_model')) g(name), drawn d GROUP BY g.name
)
SELECT s.name AS "group", count(p.personId) AS customers, coalesce(sum(p.n), 0) AS n, coalesce(sum(p.y), 0) AS y,
  coalesce(sum(p.v), 0) AS v, coalesce(sum(p.n * p.n), 0) AS nn, coalesce(sum(p.y * p.y), 0) AS yy,
  coalesce(sum(p.v * p.v), 0) AS vv, coalesce(sum(p.n * p.y), 0) AS ny, coalesce(sum(p.n * p.v), 0) AS nv,
  coalesce(sum(p.fallbacks), 0)::DOUBLE AS fallbacks, any_value(s.drawn) AS drawn, any_value(s.expected) AS expected
FROM split s LEFT JOIN sums p ON p.modelGroup = s.name
GROUP BY s.name ORDER BY s.name`;

/** Counts for the effect of a model slot. */
@Injectable()
export class ModelEffectReportRepository {
  constructor(private readonly copy: ColumnarCopy) {}

  /** One for each group; empty when the slot had no part in any decision. */
  count(slot: string, outcome: string, from: Date | undefined): Promise<GroupSums[]> {
    return this.copy.query<GroupSums>(MODEL_EFFECT_SQL, { slot, outcome, fromMs: from?.getTime() ?? 0 });
  }
}
