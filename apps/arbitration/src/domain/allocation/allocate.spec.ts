import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { seededRandom, stableHash } from '../stable-hash';
import { allocate, type Allocation } from './allocate';
import { LimitTable, type Limit, type LimitUse } from './limit-table';
import { findPrices, samplePrices } from './find-prices';
import { decodeBlock, encodeBlock, type BlockSource, type ShortlistBlock } from './shortlist-block';
import { ShortlistBuilder } from './shortlist-builder';

interface Problem {
  limits: Limit[];
  uses: LimitUse[][];
  /** Member → candidate → score; 0 when it does not pass. */
  scores: number[][];
}

const KEPT_MAX = 4;

const drawOf = (member: number): number => Math.imul(member + 1, 2654435761) >>> 0;

function blockOf(
  table: LimitTable,
  prices: Float64Array,
  members: readonly number[][],
  { first = 0, draw = drawOf }: { first?: number; draw?: (member: number) => number } = {},
): ShortlistBlock {
  const builder = new ShortlistBuilder(table, table.pricesOf(prices), KEPT_MAX, members.length);
  members.forEach((scores, index) => {
    const passing = scores.flatMap((score, candidate) => (score > 0 ? [candidate] : []));
    builder.add(
      draw(first + index),
      Uint16Array.from(passing),
      Float64Array.from(passing, (one) => scores[one]!),
      passing.length,
    );
  });
  return builder.build();
}

async function solve(
  { limits, uses, scores }: Problem,
  options: {
    explorationBasisPoints?: number;
    openMax?: number;
    blockSize?: number;
    draw?: (member: number) => number;
  } = {},
): Promise<Allocation & { table: LimitTable }> {
  const table = new LimitTable(limits, uses);
  const none = new Float64Array(limits.length);
  const { draw } = options;
  const prices = await samplePrices({ sample: [blockOf(table, none, scores, { draw })], table, share: 1 });
  const size = options.blockSize ?? 7;
  const blocks = Array.from({ length: Math.ceil(scores.length / size) }, (_, index) =>
    encodeBlock(blockOf(table, prices, scores.slice(index * size, (index + 1) * size), { first: index * size, draw })),
  );
  const source: BlockSource = {
    blockCount: blocks.length,
    read: (index) => Promise.resolve(decodeBlock(blocks[index]!)),
  };
  const { explorationBasisPoints = 0, openMax } = options;
  return { ...(await allocate({ source, table, shortlistPrices: prices, explorationBasisPoints, openMax })), table };
}

const problems = (memberMax: number): fc.Arbitrary<Problem> =>
  fc
    .record({ limitCount: fc.integer({ min: 1, max: 4 }), candidateCount: fc.integer({ min: 1, max: 5 }) })
    .chain((size) =>
      fc.record({
        limits: fc
          .array(fc.integer({ min: 0, max: 12 }), { minLength: size.limitCount, maxLength: size.limitCount })
          .map((all) => all.map((max, index) => ({ id: `l-${index}`, max }))),
        uses: fc.array(
          fc.uniqueArray(fc.record({ limit: fc.nat(size.limitCount - 1), amount: fc.integer({ min: 1, max: 3 }) }), {
            selector: ({ limit }) => limit,
            maxLength: 3,
          }),
          { minLength: size.candidateCount, maxLength: size.candidateCount },
        ),
        scores: fc.array(
          fc.array(
            fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.double({ min: 0.01, max: 50, noNaN: true })),
            {
              minLength: size.candidateCount,
              maxLength: size.candidateCount,
            },
          ),
          { maxLength: memberMax },
        ),
      }),
    );

const valueOf = ({ scores }: Problem, choices: Int16Array): number =>
  choices.reduce((sum, choice, member) => sum + (choice < 0 ? 0 : Math.fround(scores[member]![choice]!)), 0);

/** The best there is, by trying everything. */
function optimum({ limits, uses, scores }: Problem): number {
  const table = new LimitTable(limits, uses);
  const used = new Float64Array(limits.length);
  const best = (member: number): number => {
    if (member === scores.length) return 0;
    let most = best(member + 1);
    scores[member]!.forEach((score, candidate) => {
      if (score <= 0 || !table.hasRoom(candidate, used)) return;
      const before = used.slice();
      table.take(candidate, used);
      most = Math.max(most, score + best(member + 1));
      used.set(before);
    });
    return most;
  };
  return best(0);
}

describe('an allocation', () => {
  it('keeps every limit, gives only what passed, and leaves nothing that somebody could still use', async () => {
    await fc.assert(
      fc.asyncProperty(problems(40), fc.nat(5_000), fc.constantFrom(3, undefined), async (problem, share, openMax) => {
        const { choices, table, used, value } = await solve(problem, { explorationBasisPoints: share, openMax });
        const counted = new Float64Array(problem.limits.length);
        choices.forEach((choice, member) => {
          if (choice < 0) return;
          expect(problem.scores[member]![choice]).toBeGreaterThan(0);
          table.take(choice, counted);
        });
        expect([...counted]).toEqual([...used]);
        problem.limits.forEach(({ max }, limit) => expect(counted[limit]).toBeLessThanOrEqual(max));
        expect(value).toBeCloseTo(valueOf(problem, choices), 3);
        // Five candidates in at most five classes, of which four are kept: only whole lists are compared.
        if (table.classCount > KEPT_MAX) return;
        problem.scores.forEach((scores, member) => {
          if (choices[member]! >= 0) return;
          scores.forEach((score, candidate) => {
            if (score > 0) expect(table.hasRoom(candidate, counted)).toBe(false);
          });
        });
      }),
      { numRuns: 150 },
    );
  });

  it('is worth no more than its bound, and the bound no less than the best there is', async () => {
    await fc.assert(
      fc.asyncProperty(problems(6), async (problem) => {
        const { value, bound } = await solve(problem);
        const best = optimum(problem);
        expect(value).toBeLessThanOrEqual(best + 1e-3);
        expect(bound).toBeGreaterThanOrEqual(best - 1e-3);
      }),
      { numRuns: 150 },
    );
  });

  it('comes near the bound when members are many and limits few', async () => {
    const random = seededRandom('values');
    const scores = Array.from({ length: 3_000 }, () =>
      Array.from({ length: 5 }, (_, candidate) => random() * (candidate < 2 ? 100 : 30)),
    );
    const limits = [200, 250, 400, 9_000].map((max, index) => ({ id: `l-${index}`, max }));
    const money = (amount: number): LimitUse => ({ limit: 3, amount });
    const uses = [
      [{ limit: 0, amount: 1 }, money(20)],
      [{ limit: 1, amount: 1 }, money(20)],
      [{ limit: 2, amount: 1 }, money(3)],
      [money(1)],
      [],
    ];
    for (const openMax of [undefined, 100]) {
      const { value, bound } = await solve({ limits, uses, scores }, { openMax, blockSize: 500 });
      expect(value / bound).toBeGreaterThan(0.99);
    }
  });

  it('finds the best there is also where members are alike, whatever they drew', async () => {
    // Calls, calls to the rich, messages. At prices short of the best, calls or messages take all the money.
    const limits = [100, 180, 7_300, 40, 90].map((max, index) => ({ id: `l-${index}`, max }));
    const use = (limit: number, amount = 1): LimitUse => ({ limit, amount });
    const uses = [
      [use(0), use(1), use(2, 100)],
      [use(0), use(1), use(2, 100), use(3)],
      [use(1), use(2, 10), use(4)],
    ];
    const scores = Array.from({ length: 400 }, (_, member) => [1_000, member < 300 ? 0 : 5_000, 400]);
    for (const seed of [0, 1, 2, 11, 67, 72, 156, 160]) {
      const draw = (member: number): number => stableHash(`0193-${seed}-abc|terms-${member}`);
      const { value, bound } = await solve({ limits, uses, scores }, { blockSize: 400, draw });
      expect([seed, value]).toEqual([seed, 40 * 5_000 + 90 * 400 + 24 * 1_000]);
      expect(bound / value).toBeLessThan(1.002);
    }
  });

  it('serves equal members by lot, and the same whatever the order of the list', async () => {
    const table = new LimitTable([{ id: 'queue', max: 50 }], [[{ limit: 0, amount: 1 }]]);
    const draws = Array.from({ length: 200 }, (_, index) => Math.imul(index + 1, 2654435761) >>> 0);
    const run = async (order: number[]): Promise<number[]> => {
      const builder = new ShortlistBuilder(table, Float64Array.of(0), KEPT_MAX, 200);
      for (const draw of order) builder.add(draw, Uint16Array.of(0), Float64Array.of(3), 1);
      const block = builder.build();
      const source: BlockSource = { blockCount: 1, read: () => Promise.resolve(block) };
      const prices = await samplePrices({ sample: [block], table, share: 1 });
      const { choices } = await allocate({ source, table, shortlistPrices: prices, explorationBasisPoints: 2_000 });
      return order.filter((_, member) => choices[member] === 0);
    };
    const forward = await run(draws);
    expect(forward).toHaveLength(50);
    expect(forward.filter((draw) => draws.indexOf(draw) < 100).length).toBeGreaterThan(12);
    expect(forward.filter((draw) => draws.indexOf(draw) < 100).length).toBeLessThan(38);
    expect((await run([...draws].reverse())).sort()).toEqual(forward.sort());
  });

  it('ranks the chosen by worth, then the others, and draws the explored from them', async () => {
    const scores = Array.from({ length: 100 }, (_, member) => [member < 90 ? member + 1 : 0]);
    const { choices, ranks, explored, rankedCount, exploredCount, lostTo } = await solve(
      { limits: [{ id: 'queue', max: 40 }], uses: [[{ limit: 0, amount: 1 }]], scores },
      { explorationBasisPoints: 2_500 },
    );
    expect([rankedCount, exploredCount]).toEqual([90, 10]);
    const byRank = [...ranks.entries()].filter(([, rank]) => rank > 0).sort(([, a], [, b]) => a - b);
    expect(byRank.map(([, rank]) => rank)).toEqual(byRank.map((_, index) => index + 1));
    expect(byRank.slice(0, 30).map(([member]) => member)).toEqual(Array.from({ length: 30 }, (_, index) => 89 - index));
    const chosen = byRank.filter(([member]) => choices[member] === 0);
    expect(chosen).toHaveLength(40);
    expect(chosen.slice(30).every(([member]) => explored[member] === 1)).toBe(true);
    expect(lostTo.filter((limit) => limit === 0)).toHaveLength(50);
  });

  it('lets other work go on between its passes, and is the same for it', async () => {
    const table = new LimitTable([{ id: 'queue', max: 50 }], [[{ limit: 0, amount: 1 }]]);
    const scores = Array.from({ length: 200 }, (_, member) => [member + 1]);
    const block = blockOf(table, Float64Array.of(0), scores);
    let turns = 0;
    const afterPass = async (): Promise<void> => {
      await nextTurn();
      turns += 1;
    };
    const input = { table, maxima: table.maxima, blocks: [block], passes: 20 };
    const prices = await findPrices({ ...input, afterPass });
    expect(turns).toBeGreaterThan(1);
    expect(turns).toBeLessThanOrEqual(20);
    expect(prices).toEqual(await findPrices(input));

    const source: BlockSource = { blockCount: 1, read: () => Promise.resolve(block) };
    const list = { source, table, shortlistPrices: prices, explorationBasisPoints: 0 };
    turns = 0;
    const { choices } = await allocate({ ...list, afterPass });
    expect(turns).toBeGreaterThan(1);
    expect(choices).toEqual((await allocate(list)).choices);
  });
});
