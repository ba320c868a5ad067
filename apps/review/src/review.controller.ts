import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/review/v1/review';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { SinceInput, StockReportInput, StrategyReportInput } from './report.request';
import { requireStaff } from './review-access';
import { GetBenefitReportUseCase } from './use-cases/get-benefit-report/get-benefit-report.use-case';
import { GetEffectInput } from './use-cases/get-effect/get-effect.request';
import { GetEffectUseCase, type StrategyEffect } from './use-cases/get-effect/get-effect.use-case';
import { GetFunnelInput } from './use-cases/get-funnel/get-funnel.request';
import { GetFunnelUseCase } from './use-cases/get-funnel/get-funnel.use-case';
import { GetIntakeReportUseCase } from './use-cases/get-intake-report/get-intake-report.use-case';
import { GetLeadReportUseCase } from './use-cases/get-lead-report/get-lead-report.use-case';
import type { GroupSums } from './domain/model-effect';
import { GetModelEffectInput } from './use-cases/get-model-effect/get-model-effect.request';
import { GetModelEffectUseCase } from './use-cases/get-model-effect/get-model-effect.use-case';
import { GetMomentLatencyUseCase } from './use-cases/get-moment-latency/get-moment-latency.use-case';

type Rpcs = Handlers<typeof rpc.ReviewServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.ReviewServiceService)
export class ReviewController implements Rpcs {
  constructor(
    private readonly getFunnelUseCase: GetFunnelUseCase,
    private readonly getEffectUseCase: GetEffectUseCase,
    private readonly getModelEffectUseCase: GetModelEffectUseCase,
    private readonly getMomentLatencyUseCase: GetMomentLatencyUseCase,
    private readonly getBenefitReportUseCase: GetBenefitReportUseCase,
    private readonly getLeadReportUseCase: GetLeadReportUseCase,
    private readonly getIntakeReportUseCase: GetIntakeReportUseCase,
  ) {}

  async getFunnel(request: rpc.GetFunnelRequest, metadata: Metadata): Promise<rpc.GetFunnelResponse> {
    const input = validated(GetFunnelInput, request);
    requireStaff(actorOf(metadata));
    return { rows: await this.getFunnelUseCase.execute(input) };
  }

  async getEffect(request: rpc.GetEffectRequest, metadata: Metadata): Promise<rpc.GetEffectResponse> {
    const input = validated(GetEffectInput, request);
    requireStaff(actorOf(metadata));
    const { counts, effect, evaluation } = await this.getEffectUseCase.execute(input);
    return {
      ...effect,
      treatedCount: counts.treated.count,
      controlCount: counts.control.count,
      treatedSuccessCount: counts.treated.successCount,
      controlSuccessCount: counts.control.successCount,
      plannedControlShare: counts.plannedControlShare,
      evaluation: evaluation ? toEvaluationMessage(evaluation) : undefined,
    };
  }

  async getModelEffect(request: rpc.GetModelEffectRequest, metadata: Metadata): Promise<rpc.GetModelEffectResponse> {
    const input = validated(GetModelEffectInput, request);
    requireStaff(actorOf(metadata));
    const { groups, ...rest } = await this.getModelEffectUseCase.execute(input);
    return { slot: input.slot, groups: groups.map(toGroupMessage), ...rest };
  }

  async getMomentLatency(
    request: rpc.GetMomentLatencyRequest,
    metadata: Metadata,
  ): Promise<rpc.GetMomentLatencyResponse> {
    const { from } = validated(SinceInput, request);
    requireStaff(actorOf(metadata));
    return this.getMomentLatencyUseCase.execute(from);
  }

  async getBenefitReport(
    request: rpc.GetBenefitReportRequest,
    metadata: Metadata,
  ): Promise<rpc.GetBenefitReportResponse> {
    const { stockId } = validated(StockReportInput, request);
    requireStaff(actorOf(metadata));
    return this.getBenefitReportUseCase.execute(stockId);
  }

  async getLeadReport(request: rpc.GetLeadReportRequest, metadata: Metadata): Promise<rpc.GetLeadReportResponse> {
    const { strategyId } = validated(StrategyReportInput, request);
    requireStaff(actorOf(metadata));
    return this.getLeadReportUseCase.execute(strategyId);
  }

  async getIntakeReport(_: rpc.GetIntakeReportRequest, metadata: Metadata): Promise<rpc.GetIntakeReportResponse> {
    requireStaff(actorOf(metadata));
    return { countByEventType: await this.getIntakeReportUseCase.execute() };
  }
}

const toGroupMessage = ({ group, customers, n, y, v, fallbacks }: GroupSums): rpc.ModelGroupResult => ({
  group,
  decisionCount: n,
  customerCount: customers,
  successCount: y,
  valueMinor: v,
  successRate: n === 0 ? 0 : y / n,
  valuePerDecisionMinor: n === 0 ? 0 : v / n,
  fallbackCount: fallbacks,
});

const toEvaluationMessage = ({
  expectedLiftBasisPoints: _,
  ...evaluation
}: NonNullable<StrategyEffect['evaluation']>): rpc.EvaluationVerdict => evaluation;
