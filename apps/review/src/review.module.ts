import { Module } from '@nestjs/common';
import { BenefitReportRepository } from './repositories/benefit-report.repository';
import { ColumnarCopy } from './repositories/columnar-copy';
import { EffectReportRepository } from './repositories/effect-report.repository';
import { FactRepository } from './repositories/fact.repository';
import { FunnelReportRepository } from './repositories/funnel-report.repository';
import { LeadReportRepository } from './repositories/lead-report.repository';
import { MomentReportRepository } from './repositories/moment-report.repository';
import { ReviewConsumer } from './review.consumer';
import { ReviewController } from './review.controller';
import { GetBenefitReportUseCase } from './use-cases/get-benefit-report/get-benefit-report.use-case';
import { GetEffectUseCase } from './use-cases/get-effect/get-effect.use-case';
import { GetFunnelUseCase } from './use-cases/get-funnel/get-funnel.use-case';
import { GetIntakeReportUseCase } from './use-cases/get-intake-report/get-intake-report.use-case';
import { GetLeadReportUseCase } from './use-cases/get-lead-report/get-lead-report.use-case';
import { ModelEffectReportRepository } from './repositories/model-effect-report.repository';
import { GetModelEffectUseCase } from './use-cases/get-model-effect/get-model-effect.use-case';
import { GetMomentLatencyUseCase } from './use-cases/get-moment-latency/get-moment-latency.use-case';
import { RecordFactsUseCase } from './use-cases/record-facts/record-facts.use-case';

@Module({
  controllers: [ReviewController],
  providers: [
    ReviewConsumer,
    FactRepository,
    ColumnarCopy,
    FunnelReportRepository,
    EffectReportRepository,
    MomentReportRepository,
    BenefitReportRepository,
    LeadReportRepository,
    RecordFactsUseCase,
    GetFunnelUseCase,
    GetEffectUseCase,
    GetModelEffectUseCase,
    ModelEffectReportRepository,
    GetMomentLatencyUseCase,
    GetBenefitReportUseCase,
    GetLeadReportUseCase,
    GetIntakeReportUseCase,
  ],
})
export class ReviewModule {}
