import fc from 'fast-check';
import { anAction, aStrategy, aTreatment } from '../testing/decision.factory';
import { pushGate } from './push-gate';
import { planPush, type ScoredMember } from './push-plan';
import { candidatesOf } from './strategy';

const member = (customerId: string, score: number | null, queue = 'rb'): ScoredMember => ({
  customerId,
  best: score === null ? null : { score, queue, slot: 'm' },
  scores: score === null ? [] : [{ slot: 'm', champion: score / 2, shadow: null }],
});
const lists = fc
  .array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 5 }), { maxLength: 120 })
  .map((scores) => scores.map((score, index) => member(`c-${index}`, score)));
const free = (units: number): Map<string, number> => new Map([['rb', units]]);

describe('the plan of a push', () => {
  it('fills what is free: the best by rank, the exploration share from the rest', () => {
    fc.assert(
      fc.property(lists, fc.nat(150), fc.nat(10_000), fc.string(), (scored, units, basisPoints, pushId) => {
        const { members } = planPush(pushId, scored, free(units), basisPoints);
        expect(members.map(({ customerId }) => customerId).sort()).toEqual(scored.map((one) => one.customerId).sort());

        const ranked = members.filter(({ rank }) => rank > 0);
        expect(ranked.map(({ rank }) => rank).sort((a, b) => a - b)).toEqual(ranked.map((_, index) => index + 1));
        const passing = scored.filter(({ best }) => best !== null).length;
        expect(ranked).toHaveLength(passing);

        const selected = members.filter(({ isSelected }) => isSelected);
        const filled = Math.min(units, passing);
        expect(selected).toHaveLength(filled);
        const explored = selected.filter(({ isExploration }) => isExploration);
        expect(explored).toHaveLength(Math.round((filled * basisPoints) / 10_000));
        const byRank = selected.filter(({ isExploration }) => !isExploration).map(({ rank }) => rank);
        expect(byRank.sort((a, b) => a - b)).toEqual(byRank.map((_, index) => index + 1));

        const scoreOf = new Map(scored.map((one) => [one.customerId, one.best?.score ?? -1]));
        const inRank = [...ranked]
          .sort((a, b) => a.rank - b.rank)
          .map(({ customerId }) => scoreOf.get(customerId) ?? -1);
        expect(inRank).toEqual([...inRank].sort((a, b) => b - a));
      }),
    );
  });

  it('is the same for the same push, whatever the order of the list', () => {
    fc.assert(
      fc.property(lists, fc.nat(60), (scored, units) => {
        const shuffled = [...scored].reverse();
        const key = (list: ScoredMember[]) =>
          planPush('p-1', list, free(units), 1000)
            .members.filter(({ rank }) => rank > 0)
            .map(({ customerId, rank, isSelected, isExploration }) => [customerId, rank, isSelected, isExploration]);
        expect(key(shuffled)).toEqual(key(scored));
      }),
    );
  });

  it('explores every rank alike', () => {
    const scored = Array.from({ length: 100 }, (_, index) => member(`c-${index}`, 1 - index / 100));
    const hits = new Array<number>(100).fill(0);
    const runs = 2000;
    for (let run = 0; run < runs; run += 1) {
      for (const { rank, isExploration } of planPush(`p-${run}`, scored, free(20), 5000).members) {
        if (isExploration) hits[rank - 1] = (hits[rank - 1] ?? 0) + 1;
      }
    }
    expect(hits.slice(0, 10)).toEqual(new Array(10).fill(0));
    const expected = (runs * 10) / 90;
    for (const hit of hits.slice(10)) expect(Math.abs(hit - expected)).toBeLessThan(6 * Math.sqrt(expected));
  });

  it('breaks ties without favour for the list order', () => {
    const scored = Array.from({ length: 200 }, (_, index) => member(`c-${index}`, 0.5));
    const { members } = planPush('p-1', scored, free(100), 0);
    const early = members.filter(({ isSelected, customerId }) => isSelected && Number(customerId.slice(2)) < 100);
    expect(early.length).toBeGreaterThan(30);
    expect(early.length).toBeLessThan(70);
  });

  it('keeps what the models said of the best candidate', () => {
    const { members } = planPush('p-1', [member('c-1', 0.5), member('c-2', null)], free(1), 0);
    expect(members[0]).toMatchObject({ championPropensity: 0.25, shadowPropensity: 0, rank: 1 });
    expect(members[1]).toMatchObject({ championPropensity: 0, rank: 0, isSelected: false });
  });

  it('selects everybody for a channel without queue', () => {
    const { members } = planPush('p-1', [member('c-1', 0.1, ''), member('c-2', null, '')], new Map(), 5000);
    expect(members.map(({ isSelected }) => isSelected)).toEqual([true, false]);
  });
});

describe('the gate of a push', () => {
  const [human, digital] = candidatesOf(
    aStrategy({ actions: [anAction({ treatments: [aTreatment({ queue: 'rb' }), aTreatment()] })] }),
  );
  if (human === undefined || digital === undefined) throw new Error('two candidates are needed');
  const gate = (chosen: number, planned: number, isSelected: boolean) =>
    pushGate({ plannedByQueue: { rb: planned }, chosenByQueue: { rb: chosen } }, { isSelected });

  it('lets selected members pass, and others only where selected ones left a place', () => {
    expect(gate(0, 5, true)(human)).toBeNull();
    expect(gate(5, 5, false)(human)).toBe('OUTRANKED');
    expect(gate(4, 5, false)(human)).toBeNull();
    expect(gate(5, 5, false)(digital)).toBeNull();
  });

  it('says plainly that there was nothing to fill', () => {
    expect(gate(0, 0, false)(human)).toBe('CAPACITY_EXHAUSTED');
  });
});
