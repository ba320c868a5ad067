import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import type { TestService } from '@tidegate/testing';
import { REASONS_BEFORE_DRAW } from '../../domain/effect';
import { decided, ofPerson, outcome, planned, strategy, told, type TestEvent } from '../../testing/event.factory';
import { publishAll, startReview, untilCounted } from '../../testing/review.harness';

// Goal: the effect counts each customer once, in the group of the first draw, and says when it cannot be known.

let service: TestService;
let published = 0;
beforeAll(async () => {
  service = await startReview();
});
afterAll(() => service?.stop());

async function give(events: TestEvent[]): Promise<void> {
  await publishAll(service, events, `from-${published}`);
  published += events.length;
  await untilCounted(service, published);
}
const effectOf = (strategyId: string, name = '') =>
  service.client(ReviewServiceService).getEffect({ strategyId, outcome: name });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

it('refuses an unknown strategy, a nameless one and a customer', async () => {
  await expect(effectOf('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'STRATEGY_UNKNOWN' });
  await expect(effectOf('')).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'strategyId' }],
  });
  const customer = service.client(ReviewServiceService, { kind: 'customer', id: 'c-1' });
  await expect(customer.getEffect({ strategyId: 'nothing', outcome: '' })).rejects.toMatchObject({
    reason: 'STAFF_ONLY',
  });
});

it('has no lift while nobody knows what the control group did', async () => {
  await give([
    strategy('silent', 2_000),
    ...many(8, (index) => decided(`silent-${index}`, { strategyId: 'silent' })),
    ...many(2, (index) => decided(`silent-held-${index}`, { strategyId: 'silent', reason: 'HOLDOUT_STRATEGY' })),
    outcome('silent-0', 'converted', { strategyId: 'silent' }),
  ]);
  const effect = await effectOf('silent');
  expect(effect).toMatchObject({
    treatedCount: 8,
    controlCount: 2,
    treatedSuccessCount: 1,
    hasLift: false,
    sampleRatioP: 1,
  });
  expect(effect.plannedControlShare).toBeCloseTo(0.2, 12);
  expect(effect.explanation).toContain('None of the 2 control customers');
});

it('compares everybody past the draw with the control group, each customer once', async () => {
  const strategyId = 'drawn';
  await give([
    strategy(strategyId, 5_000),
    // Newcombe's first example: 56 of 70 against 48 of 80.
    ...many(70, (index) => decided(`t-${index}`, { strategyId, reason: index % 2 ? 'CHOSEN' : 'CAPACITY_EXHAUSTED' })),
    ...many(80, (index) => decided(`h-${index}`, { strategyId, reason: 'HOLDOUT_STRATEGY' })),
    ...REASONS_BEFORE_DRAW.map((reason) => decided(`out-${reason}`, { strategyId, reason })),
    // He belongs to nobody's part of the bank, or must be spoken to by people: no draw was made either.
    ...['ORG_OUT_OF_SCOPE', 'PAST_FACTS_UNKNOWN', 'STAFFED_ONLY', 'ELDER_PROTECTED'].map((reason) =>
      decided(`early-${reason}`, { strategyId, reason }),
    ),
    // Decided again, later, and then in the other group: the first draw counts.
    ...many(5, (index) =>
      decided(`t-again-${index}`, {
        strategyId,
        customerId: `c-t-${index}`,
        decidedAt: new Date('2026-03-03T00:00:00Z'),
      }),
    ),
    decided('h-again', { strategyId, customerId: 'c-h-0', decidedAt: new Date('2026-03-03T00:00:00Z') }),
    ...many(50, (index) => outcome(`t-${index}`, 'converted', { strategyId })),
    ...many(6, (index) => told(`c-t-${50 + index}`, 'converted', 60, strategyId)),
    outcome('t-0', 'converted', { strategyId }),
    ...many(48, (index) => told(`c-h-${index}`, 'converted', 60, strategyId)),
    told('c-h-79', 'rejected', 60, strategyId),
    // Before the draw, and of another strategy: neither counts.
    told('c-h-70', 'converted', -60, strategyId),
    told('c-h-71', 'converted', 60, 'other'),
  ]);
  const effect = await effectOf(strategyId);
  expect(effect).toMatchObject({
    treatedCount: 70,
    controlCount: 80,
    treatedSuccessCount: 56,
    controlSuccessCount: 48,
    hasLift: true,
    plannedControlShare: 0.5,
  });
  expect([effect.absoluteLift, effect.ciLow, effect.ciHigh].map((value) => value.toFixed(4))).toEqual([
    '0.2000',
    '0.0524',
    '0.3339',
  ]);
  expect(effect.relativeLift).toBeCloseTo(1 / 3, 12);
  // 75 ± 5: chi-squared 2/3.
  expect(effect.sampleRatioP).toBeCloseTo(0.41422, 4);
  expect(effect.explanation).toContain('56 of 70 treated and 49 of 80 control');
  expect(await effectOf(strategyId, 'rejected')).toMatchObject({ treatedSuccessCount: 0, controlSuccessCount: 1 });
});

it('counts a natural person once, under whichever profile he was drawn and answered, until the join is undone', async () => {
  const strategyId = 'joined';
  const later = { decidedAt: new Date('2026-03-03T00:00:00Z') };
  await give([
    strategy(strategyId, 5_000),
    ...many(4, (index) => decided(`j-${index}`, { strategyId })),
    ...many(4, (index) => decided(`k-${index}`, { strategyId, reason: 'HOLDOUT_STRATEGY', ...later })),
    told('c-j-3', 'rejected', 60, strategyId),
    told('c-k-0', 'converted', 3_000, strategyId),
    told('c-k-3', 'rejected', 3_000, strategyId),
    // An older word that comes late does not count.
    ofPerson(['c-j-0', 'c-k-0'], 'key', 5),
    ofPerson(['c-k-0'], 'other', 4),
  ]);
  const counts = async () => {
    const { treatedCount, controlCount, treatedSuccessCount, controlSuccessCount } = await effectOf(strategyId);
    return [treatedCount, controlCount, treatedSuccessCount, controlSuccessCount];
  };
  // Drawn as treated first, and converted under the other profile.
  expect(await counts()).toEqual([4, 3, 1, 0]);
  await give([ofPerson(['c-k-0'], 'own', 6)]);
  expect(await counts()).toEqual([4, 4, 0, 1]);
});

it('has in a group whoever a push drew by a candidate of which it tells the reason alone', async () => {
  const strategyId = 'wide';
  const left = (countByReason: Record<string, number>, strategyVersion = 1) => [
    { strategyId, strategyVersion, channel: 'app', countByReason },
  ];
  const stopped = { strategyId, reason: 'NOT_SUITABLE' };
  await give([
    strategy(strategyId, 1_000, 1, 1),
    strategy(strategyId, 5_000, 2, 2),
    decided('w-treated', stopped, left({ NOT_ELIGIBLE: 3, CAPACITY_EXHAUSTED: 1 })),
    decided('w-held', stopped, left({ HOLDOUT_STRATEGY: 2 }, 2)),
    decided('w-out', stopped, left({ NOT_ELIGIBLE: 40 })),
    decided('w-unknown', { strategyId: '', candidates: [] }, left({ HOLDOUT_STRATEGY: 1 })),
  ]);
  const effect = await effectOf(strategyId);
  expect(effect).toMatchObject({ treatedCount: 1, controlCount: 2 });
  expect(effect.plannedControlShare).toBeCloseTo((0.1 + 0.5 + 0.1) / 3, 12);
});

it('plans the split by the versions that drew, and keeps the highest revision of each', async () => {
  const strategyId = 'changed';
  const version = (id: string, strategyVersion: number) => {
    const candidate = { strategyId, strategyVersion, actionId: 'a', channel: 'app', isChosen: true, reason: 'CHOSEN' };
    return decided(id, {
      strategyId,
      candidates: [{ ...candidate, priority: undefined, shadowPropensity: 0, isExploration: false }],
    });
  };
  await give([
    strategy(strategyId, 3_000, 2, 7),
    strategy(strategyId, 1_000, 1, 1),
    strategy(strategyId, 9_000, 2, 6),
    ...many(3, (index) => version(`v1-${index}`, 1)),
    version('v2', 2),
  ]);
  // Three of four customers were drawn by version 1 at 10 %, one by version 2 at 30 %.
  expect((await effectOf(strategyId)).plannedControlShare).toBeCloseTo(0.15, 12);
});

it('is judged by the plan of the version told of last: its outcome, its window, its least groups and what it expects', async () => {
  const strategyId = 'judged';
  const plan = { successOutcome: 'accepted', windowDays: 1, minGroupSize: 5, expectedLiftBasisPoints: 500 };
  const { expectedLiftBasisPoints: _, ...seen } = plan;
  const DAY_MINUTES = 24 * 60;
  await give([
    planned(strategyId, 5_000, { ...plan, successOutcome: 'clicked' }, 1),
    planned(strategyId, 5_000, { ...plan, reviewAt: new Date('2020-01-01T00:00:00Z') }, 2),
    ...many(5, (index) => decided(`p-${index}`, { strategyId })),
    ...many(4, (index) => decided(`q-${index}`, { strategyId, reason: 'HOLDOUT_STRATEGY' })),
    ...many(5, (index) => told(`c-p-${index}`, 'accepted', 60, strategyId)),
    told('c-q-0', 'rejected', 60, strategyId),
    // The day is over.
    told('c-q-1', 'accepted', DAY_MINUTES, strategyId),
    told('c-q-2', 'accepted', DAY_MINUTES - 1, strategyId),
  ]);
  const first = await effectOf(strategyId);
  expect(first).toMatchObject({ treatedSuccessCount: 5, controlSuccessCount: 1 });
  expect(first.evaluation).toMatchObject({ ...seen, expectedLift: 0.05, isReviewDue: true, verdict: 'too_few' });
  await give([decided('q-4', { strategyId, reason: 'HOLDOUT_STRATEGY' })]);
  expect((await effectOf(strategyId)).evaluation?.verdict).toBe('reached');
  // Of another outcome the plan says nothing, and no window holds.
  expect(await effectOf(strategyId, 'rejected')).toMatchObject({ controlSuccessCount: 1, evaluation: undefined });
  await give([strategy(strategyId, 5_000, 3)]);
  expect(await effectOf(strategyId)).toMatchObject({ controlSuccessCount: 0, evaluation: undefined });
});

it('is judged by those whose window is over alone', async () => {
  const strategyId = 'unripe';
  const plan = { successOutcome: 'accepted', windowDays: 30, minGroupSize: 3, expectedLiftBasisPoints: 500 };
  const now = new Date();
  const [over, justNow] = [new Date(now.getTime() - 31 * 86_400_000), new Date(now.getTime() - 60_000)];
  const draw = (id: string, decidedAt: Date, reason?: string) => decided(id, { strategyId, reason, decidedAt });
  const heard = (customerId: string, occurredAt: Date) => outcome(customerId, 'accepted', { strategyId, occurredAt });
  await give([
    planned(strategyId, 5_000, plan),
    ...many(9, (index) => draw(`u-${index}`, justNow)),
    ...many(9, (index) => draw(`v-${index}`, justNow, 'HOLDOUT_STRATEGY')),
    heard('v-0', now),
  ]);
  const early = await effectOf(strategyId);
  expect(early).toMatchObject({ treatedCount: 9, controlCount: 9, controlSuccessCount: 1, hasLift: true });
  expect(early.evaluation).toMatchObject({ verdict: 'too_few', unripeCount: 18 });
  await give([
    ...many(3, (index) => draw(`w-${index}`, over)),
    ...many(3, (index) => draw(`x-${index}`, over, 'HOLDOUT_STRATEGY')),
    heard('x-0', over),
  ]);
  const later = await effectOf(strategyId);
  expect(later).toMatchObject({ treatedCount: 12, controlCount: 12, controlSuccessCount: 2 });
  expect(later.evaluation).toMatchObject({ verdict: 'open', unripeCount: 18 });
});
