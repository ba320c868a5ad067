import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { createClient } from '@tidegate/grpc';
import { ServiceEnv } from '@tidegate/service';

/** For calls that go over the whole base. */
export const LONG = { deadlineMs: 60_000 };

/** Every service behind the gateway; calls carry the trace and actor of the request. */
@Injectable()
export class Peers implements OnModuleDestroy {
  readonly arbitration;
  readonly benefits;
  readonly campaigns;
  readonly customers;
  readonly delivery;
  readonly leads;
  readonly merchants;
  readonly review;

  constructor(env: ServiceEnv) {
    this.arbitration = createClient(ArbitrationServiceService, env.peerUrl('arbitration'));
    this.benefits = createClient(BenefitsServiceService, env.peerUrl('benefits'));
    this.campaigns = createClient(CampaignsServiceService, env.peerUrl('campaigns'));
    this.customers = createClient(CustomersServiceService, env.peerUrl('customers'));
    this.delivery = createClient(DeliveryServiceService, env.peerUrl('delivery'));
    this.leads = createClient(LeadsServiceService, env.peerUrl('leads'));
    this.merchants = createClient(MerchantsServiceService, env.peerUrl('merchants'));
    this.review = createClient(ReviewServiceService, env.peerUrl('review'));
  }

  onModuleDestroy(): void {
    const all = [this.arbitration, this.benefits, this.campaigns, this.customers];
    for (const client of [...all, this.delivery, this.leads, this.merchants, this.review]) client.close();
  }
}
