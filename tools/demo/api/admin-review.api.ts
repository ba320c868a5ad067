import type {
  FunnelRow,
  GetBenefitReportResponse,
  GetEffectResponse,
  GetFunnelResponse,
  GetIntakeReportResponse,
  GetLeadReportResponse,
  GetMomentLatencyResponse,
} from '@tidegate/contracts/review/v1/review';
import type { Caller } from '../http/caller';
import type { Json } from '../http/json';

/** What the reports say. */
export class AdminReviewApi {
  constructor(private readonly admin: Caller) {}

  async listFunnel(): Promise<Json<FunnelRow>[]> {
    return (await this.admin.get<Json<GetFunnelResponse>>('/admin/v1/reports/funnel')).rows;
  }

  getEffect(strategyId: string): Promise<Json<GetEffectResponse>> {
    return this.admin.get('/admin/v1/reports/effect', { strategyId });
  }

  getMomentLatency(): Promise<Json<GetMomentLatencyResponse>> {
    return this.admin.get('/admin/v1/reports/moment-latency');
  }

  getBenefitReport(stockId: string): Promise<Json<GetBenefitReportResponse>> {
    return this.admin.get('/admin/v1/reports/benefits', { stockId });
  }

  getLeadReport(strategyId?: string): Promise<Json<GetLeadReportResponse>> {
    return this.admin.get('/admin/v1/reports/leads', { strategyId });
  }

  getIntakeReport(): Promise<Json<GetIntakeReportResponse>> {
    return this.admin.get('/admin/v1/reports/intake');
  }
}
