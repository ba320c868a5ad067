import { Injectable } from '@nestjs/common';
import { BenefitReportRepository, type BenefitTotals } from '../../repositories/benefit-report.repository';

/** Claims, refusals, transfers, redemptions and expiries of a stock, or of all. */
@Injectable()
export class GetBenefitReportUseCase {
  constructor(private readonly report: BenefitReportRepository) {}

  async execute(stockId: string): Promise<BenefitTotals & { refusedByReason: Record<string, number> }> {
    const refusedByReason = await this.report.refusedByReason(stockId);
    return { ...(await this.report.totals(stockId)), refusedByReason };
  }
}
