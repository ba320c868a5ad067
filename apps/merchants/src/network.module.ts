import { Module } from '@nestjs/common';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient } from '@tidegate/grpc';
import { PersonLinkRepository } from '@tidegate/person-links';
import { ServiceEnv } from '@tidegate/service';
import { BENEFITS_CLIENT } from './benefits-client';
import { MERCHANTS_CONFIG, readConfig } from './merchants.config';
import { CircleRepository } from './productivity/repositories/circle.repository';
import { MerchantRepository } from './repositories/merchant.repository';
import { OrgUnitRepository } from './repositories/org-unit.repository';

/** The bank's network of outlets and merchants, and which profiles are of one person, for the service's own inlets and for every feature. */
@Module({
  providers: [
    { provide: MERCHANTS_CONFIG, useFactory: () => readConfig() },
    {
      provide: BENEFITS_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(BenefitsServiceService, env.peerUrl('benefits')),
      inject: [ServiceEnv],
    },
    OrgUnitRepository,
    MerchantRepository,
    CircleRepository,
    PersonLinkRepository,
  ],
  exports: [
    MERCHANTS_CONFIG,
    BENEFITS_CLIENT,
    OrgUnitRepository,
    MerchantRepository,
    CircleRepository,
    PersonLinkRepository,
  ],
})
export class NetworkModule {}
