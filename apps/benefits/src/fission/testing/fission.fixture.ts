import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import {
  FissionServiceService,
  type AcceptInviteResponse,
  type GetFissionProgressResponse,
} from '@tidegate/contracts/benefits/v1/fission';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { Client } from '@tidegate/grpc';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../benefits-services';
import { BenefitsModule } from '../../benefits.module';
import type { FissionTerms } from '../domain/fission-campaign';
import { aFissionCampaign } from './fission.factory';

type FissionClient = Client<typeof FissionServiceService>;

/** Two replicas of the service, and short words for what tests of fission do. */
export class FissionFixture {
  private count = 0;

  private constructor(
    readonly clock: FakeClock,
    readonly first: TestService,
    readonly second: TestService,
  ) {}

  static async start(): Promise<FissionFixture> {
    const clock = new FakeClock();
    const first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
    const second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
    return new FissionFixture(clock, first, second);
  }

  async stop(): Promise<void> {
    await this.second.stop();
    await this.first.stop();
  }

  /** One of the two, by turns. */
  replica(index: number): TestService {
    return index % 2 ? this.first : this.second;
  }

  client(service = this.first): FissionClient {
    return service.client(FissionServiceService);
  }

  as(id: string): FissionClient {
    return this.first.client(FissionServiceService, { kind: 'customer', id });
  }

  requestId(): string {
    return `fission-${(this.count += 1)}`;
  }

  newDevice(): string {
    return `device-${(this.count += 1).toString().padStart(8, '0')}`;
  }

  /** Makes a campaign, has it approved, and waits until both replicas know it. */
  async openCampaign(campaignId: string, terms: Partial<FissionTerms> = {}): Promise<void> {
    const campaign = aFissionCampaign(terms, { definitionId: campaignId });
    await this.client().createFissionCampaign({ requestId: this.requestId(), campaign });
    const checker = this.first.client(FissionServiceService, { id: 'checker' });
    await checker.moveFissionCampaign({ requestId: this.requestId(), definitionId: campaignId, move: 'approve' });
    await eventually(() => this.invite(campaignId, 'scout', this.newDevice(), this.second));
  }

  async invite(campaignId: string, customerId: string, deviceId?: string, service = this.first): Promise<string> {
    const asked = { requestId: this.requestId(), campaignId, customerId, deviceId: deviceId ?? this.newDevice() };
    return (await this.client(service).createInvite(asked)).code;
  }

  accept(code: string, customerId: string, deviceId?: string, service = this.first): Promise<AcceptInviteResponse> {
    const asked = { requestId: this.requestId(), code, customerId, deviceId: deviceId ?? this.newDevice() };
    return this.client(service).acceptInvite(asked);
  }

  async link(customerId: string, personId: string): Promise<void> {
    const request = { requestId: this.requestId(), customerId, personId };
    await this.first.client(BenefitsServiceService).linkPerson(request);
  }

  async tellTransaction(customerId: string, messageId: string, amountMinor = 5_000): Promise<void> {
    const at = this.clock.now();
    const data = { amountMinor, currency: 'CNY' };
    const fact = { factId: messageId, factType: 'transaction', customerId, data, occurredAt: at, acceptedAt: at };
    await this.first.publish(FactRecorded, customerId, [fact], messageId);
  }

  progress(campaignId: string, customerId: string): Promise<GetFissionProgressResponse> {
    return this.client().getFissionProgress({ campaignId, customerId });
  }
}
