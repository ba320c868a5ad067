import { Injectable } from '@nestjs/common';
import { MomentReportRepository, type MomentLatency } from '../../repositories/moment-report.repository';

/** How long moments of truth waited for their decision. */
@Injectable()
export class GetMomentLatencyUseCase {
  constructor(private readonly report: MomentReportRepository) {}

  execute(from?: Date): Promise<MomentLatency> {
    return this.report.latency(from);
  }
}
