import { Module } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { createClient } from '@tidegate/grpc';
import { ServiceEnv } from '@tidegate/service';
import { NetworkModule } from '../network.module';
import { ARBITRATION_CLIENT } from './arbitration-client';
import { TillActionsController } from './till-actions.controller';
import { TillOfferRepository } from './repositories/till-offer.repository';
import { TillVisits } from './till-visits';
import { AskNextBestActionsUseCase } from './use-cases/ask-next-best-actions/ask-next-best-actions.use-case';
import { RecordTillOutcomeUseCase } from './use-cases/record-till-outcome/record-till-outcome.use-case';

/** Next best actions at merchants' tills 收银台. */
@Module({
  imports: [NetworkModule],
  controllers: [TillActionsController],
  providers: [
    {
      provide: ARBITRATION_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(ArbitrationServiceService, env.peerUrl('arbitration')),
      inject: [ServiceEnv],
    },
    TillVisits,
    TillOfferRepository,
    AskNextBestActionsUseCase,
    RecordTillOutcomeUseCase,
  ],
})
export class TillActionsModule {}
