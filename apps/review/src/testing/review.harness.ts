import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { eventually, startTestService, type TestService } from '@tidegate/testing';
import { ReviewModule } from '../review.module';
import type { TestEvent } from './event.factory';

export const startReview = (shareWith?: TestService): Promise<TestService> =>
  startTestService(ReviewModule, { grpc: [ReviewServiceService], shareWith });

/** Publishes events one by one; the message id, and so the event's id, is its place in the list. */
export async function publishAll(service: TestService, events: TestEvent[], prefix = 'e'): Promise<void> {
  for (const [index, { type, data }] of events.entries()) {
    await service.publish(type, 'subject', [data], `${prefix}-${index}`);
  }
}

export const countAll = async (service: TestService): Promise<number> => {
  const { countByEventType } = await service.client(ReviewServiceService).getIntakeReport({});
  return Object.values(countByEventType).reduce((sum, count) => sum + count, 0);
};

export const untilCounted = (service: TestService, count: number): Promise<void> =>
  eventually(async () => expect(await countAll(service)).toBe(count));

/** Every report of the service. */
export async function allReports(service: TestService) {
  const client = service.client(ReviewServiceService);
  return {
    funnel: (await client.getFunnel({ strategyId: '', from: undefined, to: undefined })).rows,
    effect: await client.getEffect({ strategyId: 'deposit', outcome: '' }),
    latency: await client.getMomentLatency({ from: undefined }),
    benefits: await client.getBenefitReport({ stockId: '' }),
    leads: await client.getLeadReport({ strategyId: '' }),
    intake: (await client.getIntakeReport({})).countByEventType,
  };
}
