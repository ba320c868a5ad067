import { Injectable } from '@nestjs/common';
import { LeadReportRepository, type LeadTotals } from '../../repositories/lead-report.repository';

/** Leads of a strategy, or of all, by what came of them. */
@Injectable()
export class GetLeadReportUseCase {
  constructor(private readonly report: LeadReportRepository) {}

  async execute(strategyId: string): Promise<LeadTotals & { countByDisposition: Record<string, number> }> {
    const countByDisposition = await this.report.countByDisposition(strategyId);
    return { ...(await this.report.totals(strategyId)), countByDisposition };
  }
}
