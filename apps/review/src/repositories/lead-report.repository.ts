import { Injectable } from '@nestjs/common';
import { ColumnarCopy } from './columnar-copy';

export interface LeadTotals {
  open: number;
  offered: number;
  accepted: number;
  returned: number;
}

/** One row per lead: each step counts once, however often it was taken. */
const EACH_LEAD = `
  SELECT leadId, bool_or(step = 'closed') AS isClosed, bool_or(step = 'offered') AS isOffered,
    bool_or(step = 'accepted') AS isAccepted, bool_or(step = 'returned') AS isReturned,
    first(disposition ORDER BY occurredAt DESC) FILTER (step = 'closed') AS disposition
  FROM lead WHERE ($strategyId = '' OR strategyId = $strategyId) GROUP BY leadId`;

const TOTALS_SQL = `
SELECT count(*) FILTER (NOT isClosed) AS open, count(*) FILTER (isOffered OR isAccepted) AS offered,
  count(*) FILTER (isAccepted) AS accepted, count(*) FILTER (isReturned) AS returned
FROM (${EACH_LEAD})`;

const DISPOSITIONS_SQL = `
SELECT disposition, count(*) AS "count" FROM (${EACH_LEAD}) WHERE isClosed GROUP BY disposition ORDER BY disposition`;

/** Leads by what came of them. */
@Injectable()
export class LeadReportRepository {
  constructor(private readonly copy: ColumnarCopy) {}

  async totals(strategyId: string): Promise<LeadTotals> {
    const [row] = await this.copy.query<LeadTotals>(TOTALS_SQL, { strategyId });
    return row ?? { open: 0, offered: 0, accepted: 0, returned: 0 };
  }

  async countByDisposition(strategyId: string): Promise<Record<string, number>> {
    const rows = await this.copy.query<{ disposition: string; count: number }>(DISPOSITIONS_SQL, { strategyId });
    return Object.fromEntries(rows.map(({ disposition, count }) => [disposition, count]));
  }
}
