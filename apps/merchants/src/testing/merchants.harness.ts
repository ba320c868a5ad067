import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { OnboardingServiceService } from '@tidegate/contracts/merchants/v1/onboarding';
import type { GrpcService } from '@tidegate/grpc';
import { FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { MERCHANTS_SERVICES } from '../merchants-services';
import { MerchantsModule } from '../merchants.module';
import type { Merchant } from '../domain/merchant';
import { FakeArbitration } from './fake-arbitration';
import { FakeBenefits } from './fake-benefits';
import { aClerk, aMerchant, aStore } from './merchants.factory';

/** The service on the real stack beside a wallet that can be told to fail, and an arbitration that can be told what to offer. */
export async function startMerchants() {
  const benefits = new FakeBenefits();
  const peer = await benefits.start();
  const arbitration = new FakeArbitration();
  const gate = await arbitration.start();
  const clock = new FakeClock(new Date('2026-11-22T04:00:00Z'));
  const options = { grpc: MERCHANTS_SERVICES, peers: { benefits: peer.url, arbitration: gate.url }, clock };
  const service = await startTestService(MerchantsModule, options);
  return {
    benefits,
    arbitration,
    clock,
    service,
    client: (actor?: Parameters<TestService['client']>[1]) => service.client(MerchantsServiceService, actor),
    clientOf: <S extends GrpcService>(of: S, actor?: Parameters<TestService['client']>[1]) => service.client(of, actor),
    startReplica: () => startTestService(MerchantsModule, { ...options, shareWith: service }),
    stop: async () => {
      await service.stop();
      await peer.stop();
      await gate.stop();
    },
  };
}

export type MerchantsHarness = Awaited<ReturnType<typeof startMerchants>>;

let sequence = 0;
export const newRequestId = (): string => `request-${(sequence += 1)}`;

const MAKER = { id: 'staff-maker' };

/** Written by one person, reviewed and activated by another. */
export async function onboard(harness: MerchantsHarness, merchant: Merchant): Promise<void> {
  await harness.client(MAKER).putMerchant({ requestId: newRequestId(), merchant });
  const { merchantId } = merchant;
  const checker = harness.clientOf(OnboardingServiceService);
  await checker.reviewMerchant({ requestId: newRequestId(), merchantId, comment: '' });
  await checker.activateMerchant({ requestId: newRequestId(), merchantId, comment: '' });
}

export async function suspend(harness: MerchantsHarness, merchantId: string): Promise<void> {
  const comment = 'for a test';
  await harness.clientOf(OnboardingServiceService).suspendMerchant({ requestId: newRequestId(), merchantId, comment });
}

/** hq, hq/east and one merchant with a store and a clerk. */
export async function seedMerchant(harness: MerchantsHarness): Promise<void> {
  const client = harness.client();
  for (const orgPath of ['hq', 'hq/east', 'hq/west']) {
    await client.putOrgUnit({ requestId: newRequestId(), orgUnit: { orgPath, name: orgPath, kind: '' } });
  }
  await onboard(harness, aMerchant());
  await client.putStore({ requestId: newRequestId(), store: aStore() });
  await client.putClerk({ requestId: newRequestId(), clerk: aClerk() });
}
