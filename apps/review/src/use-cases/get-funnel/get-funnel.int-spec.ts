import { CandidateResult } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { LeftCandidates } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import type { TestService } from '@tidegate/testing';
import { at, decided, outcome } from '../../testing/event.factory';
import { publishAll, startReview, untilCounted } from '../../testing/review.harness';

// Goal: a candidate counts once however many actions were chosen beside it, and reports keep to what they are asked for.

let service: TestService;
beforeAll(async () => {
  service = await startReview();
  // One choice of two actions: two decisions, each with all three candidates, as arbitration tells it.
  const candidate = (actionId: string, reason: string, own: boolean) =>
    CandidateResult.fromPartial({ strategyId: 'home', actionId, channel: 'app', reason, isChosen: own });
  const choice = (own: string) => [
    candidate('card', 'CHOSEN', own === 'card'),
    candidate('loan', 'CHOSEN', own === 'loan'),
    candidate('fund', 'OUTRANKED', false),
  ];
  const events = [
    decided('home-card', { strategyId: 'home', customerId: 'c-1', candidates: choice('card') }),
    decided('home-loan', { strategyId: 'home', customerId: 'c-1', candidates: choice('loan') }),
    outcome('home-loan', 'clicked', { strategyId: 'home' }),
    decided('late', { strategyId: 'late', decidedAt: at(600) }),
    // Two moments of one customer, decided in one batch, so at the same time.
    ...['m-1', 'm-2'].map((momentId) =>
      decided(momentId, { strategyId: 'salary', customerId: 'c-2', mode: 'moment', momentId, decidedAt: at(0) }),
    ),
    // Of a push with many candidates: those kept whole, and how many others there are.
    decided('wide', { strategyId: 'wide', decidedAt: at(900) }, [
      left('app', { OUTRANKED: 150, NOT_SUITABLE: 26 }),
      left('sms', { QUIET_HOURS: 40 }),
    ]),
    decided('wide-none', { strategyId: 'wide', reason: 'OUTRANKED', decidedAt: at(900) }, [
      left('app', { OUTRANKED: 9 }),
    ]),
    outcome('wide', 'clicked', { strategyId: 'wide' }),
    decided('none', { strategyId: '', reason: 'STRATEGY_NOT_ACTIVE', candidates: [] }),
  ];
  await publishAll(service, events);
  await untilCounted(service, events.length);
});
afterAll(() => service?.stop());

const left = (channel: string, countByReason: Record<string, number>): LeftCandidates => ({
  ...{ strategyId: 'wide', strategyVersion: 1, channel, countByReason },
});

const funnel = async (request: { strategyId?: string; from?: Date; to?: Date }) => {
  const { rows } = await service
    .client(ReviewServiceService)
    .getFunnel({ strategyId: '', from: undefined, to: undefined, ...request });
  return rows;
};

it('counts each candidate of a choice once', async () => {
  expect(await funnel({ strategyId: 'home' })).toEqual([
    {
      strategyId: 'home',
      channel: 'app',
      considered: 3,
      chosen: 2,
      delivered: 1,
      reached: 1,
      responded: 1,
      converted: 0,
      countByReason: { CHOSEN: 2, OUTRANKED: 1 },
    },
  ]);
});

it('counts all candidates of a push, also those of which there are but the reasons', async () => {
  const rest = { delivered: 0, reached: 0, responded: 0, converted: 0 };
  expect(await funnel({ strategyId: 'wide' })).toEqual([
    {
      ...{ strategyId: 'wide', channel: 'app', considered: 187, chosen: 1 },
      ...{ delivered: 1, reached: 1, responded: 1, converted: 0 },
      countByReason: { CHOSEN: 1, NOT_SUITABLE: 26, OUTRANKED: 160 },
    },
    { strategyId: 'wide', channel: 'sms', considered: 40, chosen: 0, ...rest, countByReason: { QUIET_HOURS: 40 } },
  ]);
});

it('counts the moments of one customer apart', async () => {
  const [row] = await funnel({ strategyId: 'salary' });
  expect(row).toMatchObject({ considered: 2, chosen: 2, countByReason: { CHOSEN: 2 } });
});

it('keeps to the strategy and the time asked for, its end excluded', async () => {
  const strategies = async (request: Parameters<typeof funnel>[0]) =>
    (await funnel(request)).map(({ strategyId }) => strategyId);
  expect(await strategies({})).toEqual(['home', 'late', 'salary', 'wide', 'wide']);
  expect(await strategies({ strategyId: 'late' })).toEqual(['late']);
  expect(await strategies({ from: at(1) })).toEqual(['late', 'wide', 'wide']);
  expect(await strategies({ to: at(600) })).toEqual(['home', 'salary']);
  expect(await strategies({ from: at(600), to: at(601) })).toEqual(['late']);
  expect(await strategies({ strategyId: "x' OR '1'='1" })).toEqual([]);
});

it('keeps the other reports to one strategy or stock, and all of them to staff', async () => {
  const client = service.client(ReviewServiceService);
  expect(await client.getLeadReport({ strategyId: 'home' })).toMatchObject({ open: 0, countByDisposition: {} });
  expect(await client.getBenefitReport({ stockId: 'nothing' })).toMatchObject({ claimed: 0, redeemedAmountMinor: 0 });
  expect(await client.getMomentLatency({ from: at(0) })).toEqual({ count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 });

  const merchant = service.client(ReviewServiceService, { kind: 'merchant', id: 'noodle-bar' });
  const calls = [
    merchant.getFunnel({ strategyId: '', from: undefined, to: undefined }),
    merchant.getLeadReport({ strategyId: '' }),
    merchant.getBenefitReport({ stockId: '' }),
    merchant.getMomentLatency({ from: undefined }),
    merchant.getIntakeReport({}),
  ];
  for (const call of calls)
    await expect(call).rejects.toMatchObject({ code: 'PERMISSION_DENIED', reason: 'STAFF_ONLY' });
});
