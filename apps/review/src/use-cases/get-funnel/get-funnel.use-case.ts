import { Injectable } from '@nestjs/common';
import { foldFunnel, type FunnelRow } from '../../domain/funnel';
import { FunnelReportRepository } from '../../repositories/funnel-report.repository';
import type { GetFunnelInput } from './get-funnel.request';

/** The funnel of decisions made in a span of time, per strategy and channel. */
@Injectable()
export class GetFunnelUseCase {
  constructor(private readonly report: FunnelReportRepository) {}

  async execute(input: GetFunnelInput): Promise<FunnelRow[]> {
    return foldFunnel(await this.report.tally(input));
  }
}
