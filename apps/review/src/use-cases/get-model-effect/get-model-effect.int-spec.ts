import { ModelUse } from '@tidegate/contracts/arbitration/v1/arbitration';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import type { TestService } from '@tidegate/testing';
import { decided, outcome, type TestEvent } from '../../testing/event.factory';
import { publishAll, startReview, untilCounted } from '../../testing/review.harness';

// Goal: conversions and value of each group of a model slot, and what the model adds, by the groups that decisions tell.

let service: TestService;
beforeAll(async () => {
  service = await startReview();
});
afterAll(() => service?.stop());

const SHARES = { challengerBasisPoints: 2_500, noModelBasisPoints: 2_500, slotVersion: 3 };
/** One customer with two decisions in his group; the first `won` customers convert once. */
const groupOf = (group: string, count: number, won: number): TestEvent[] =>
  Array.from({ length: count }, (_, i): TestEvent[] => {
    const use = ModelUse.fromPartial({ slot: 'deposit', group, modelId: 'adaptive', isFallback: i === 0, ...SHARES });
    const priority = { propensity: 0.1, contextWeight: 1, value: 700, lever: 1, score: 70 };
    const own = { customerId: `${group}-${i}`, modelUses: [use], priority };
    const decisions = ['a', 'b'].map((name) => decided(`${group}-${i}-${name}`, own));
    return i < won
      ? [...decisions, outcome(`${group}-${i}-a`, 'converted', { customerId: `${group}-${i}` })]
      : decisions;
  }).flat();

it('compares the groups of a slot', async () => {
  const events = [
    ...groupOf('champion', 60, 30),
    ...groupOf('challenger', 30, 9),
    ...groupOf('no_model', 30, 3),
    decided('elsewhere', { modelUses: [ModelUse.fromPartial({ slot: 'fund', group: 'champion' })] }),
  ];
  await publishAll(service, events);
  await untilCounted(service, events.length);
  const client = service.client(ReviewServiceService);
  const report = await client.getModelEffect({ slot: 'deposit', outcome: '', from: undefined });
  expect(report.groups).toEqual([
    expect.objectContaining({ group: 'challenger', customerCount: 30, decisionCount: 60, successCount: 9 }),
    {
      ...{ group: 'champion', customerCount: 60, decisionCount: 120, successCount: 30, valueMinor: 21_000 },
      ...{ successRate: 0.25, valuePerDecisionMinor: 175, fallbackCount: 2 },
    },
    expect.objectContaining({ group: 'no_model', customerCount: 30, decisionCount: 60, successCount: 3 }),
  ]);
  const [lift] = report.lifts;
  expect(lift).toMatchObject({ group: 'champion', against: 'no_model', hasLift: true });
  expect(lift?.rateLift).toBeCloseTo(0.2, 10);
  expect(lift?.valueLiftMinor).toBeCloseTo(140, 8);
  expect(lift?.rateCiLow).toBeGreaterThan(0);
  expect(report.sampleRatioP).toBeCloseTo(1, 10);
});

it('knows no slot that had no part in a decision', async () => {
  const asked = service.client(ReviewServiceService).getModelEffect({ slot: 'none', outcome: '', from: undefined });
  await expect(asked).rejects.toMatchObject({ reason: 'MODEL_SLOT_UNKNOWN' });
});
