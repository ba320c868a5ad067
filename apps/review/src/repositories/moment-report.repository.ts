import { Injectable } from '@nestjs/common';
import { ColumnarCopy } from './columnar-copy';

export interface MomentLatency {
  count: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  maxMs: number;
}

const LATENCY_SQL = `
SELECT count(*) AS "count",
  coalesce(quantile_cont(ms, 0.5), 0) AS p50Ms, coalesce(quantile_cont(ms, 0.9), 0) AS p90Ms,
  coalesce(quantile_cont(ms, 0.99), 0) AS p99Ms, coalesce(max(ms), 0) AS maxMs
FROM (
  SELECT (decidedAt - factAcceptedAt)::DOUBLE AS ms FROM decision
  WHERE mode = 'moment' AND factAcceptedAt IS NOT NULL AND decidedAt >= $fromMs
)`;

/** Time from a fact's acceptance to the decision about its moment. */
@Injectable()
export class MomentReportRepository {
  constructor(private readonly copy: ColumnarCopy) {}

  async latency(from?: Date): Promise<MomentLatency> {
    const [row] = await this.copy.query<MomentLatency>(LATENCY_SQL, { fromMs: from?.getTime() ?? 0 });
    return row ?? { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 };
  }
}
