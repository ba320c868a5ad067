import { Injectable } from '@nestjs/common';
import { RfmRunRepository, type RfmRun } from '../../repositories/rfm-run.repository';

/** How many customers held each score when RFM was computed last. */
@Injectable()
export class GetRfmSummaryUseCase {
  constructor(private readonly runs: RfmRunRepository) {}

  async execute(): Promise<Pick<RfmRun, 'cells' | 'computedAt'>> {
    return (await this.runs.findLastCompleted()) ?? { cells: [], computedAt: null };
  }
}
