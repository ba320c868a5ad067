import { aFilter, aMission, anActivity, aStep, pointsReward } from '../testing/growth.factory';
import { advance, concerns, emptyProgress, standingOf, type Mission } from './mission';

const at = new Date('2026-03-02T01:00:00Z');
const pay = anActivity();
const signIn = anActivity({ type: 'sign_in', amountMinor: 0 });

function run(mission: Mission, activities: (typeof pay)[]) {
  let progress = emptyProgress(mission, 'c-1', at);
  const due: string[] = [];
  const done: number[] = [];
  for (const activity of activities) {
    const advanced = advance(progress, mission, activity);
    progress = advanced.progress;
    due.push(...advanced.due.map(({ key }) => key));
    done.push(...advanced.doneSteps);
  }
  return { progress, due, done };
}

it('is done when its target is reached, with its reward once', () => {
  const { progress, due } = run(aMission(), [pay, signIn, pay, pay, pay]);
  expect(progress).toMatchObject({ progress: [2], doneAt: pay.at });
  expect(due).toEqual(['done|0']);
});

it('sums amounts up to the target', () => {
  const mission = aMission({ steps: [aStep({ measure: 'amount', target: 25_000 })] });
  expect(run(mission, [pay, pay]).progress).toMatchObject({ progress: [20_000], doneAt: null });
  expect(run(mission, [pay, pay, pay]).progress).toMatchObject({ progress: [25_000], doneAt: pay.at });
});

const steps = [
  aStep({ name: 'Sign in', filter: aFilter({ activityType: 'sign_in' }), target: 1, rewards: [pointsReward(1)] }),
  aStep({ name: 'Pay', target: 1, rewards: [pointsReward(2)] }),
];

it('counts the steps of a chain one after another', () => {
  const chain = aMission({ steps, isChained: true });
  expect(run(chain, [pay, pay]).progress.progress).toEqual([0, 0]);
  expect(run(chain, [pay, signIn, pay])).toMatchObject({ due: ['step-0|0', 'step-1|0', 'done|0'], done: [0, 1] });
});

it('counts steps side by side when they are no chain', () => {
  expect(run(aMission({ steps }), [pay, signIn]).due).toEqual(['step-1|0', 'step-0|0', 'done|0']);
});

it('does not carry one activity from a step into the next', () => {
  const chain = aMission({ steps: [aStep({ target: 1 }), aStep({ target: 1 })], isChained: true });
  expect(run(chain, [pay]).progress.progress).toEqual([1, 0]);
});

describe('profiles of one person', () => {
  /** Each activity by one of two profiles. */
  function play(mission: Mission, moves: [profile: number, activity: typeof pay][]) {
    const all = ['c-1', 'c-2'].map((customerId) => emptyProgress(mission, customerId, at));
    const due: string[] = [];
    for (const [profile, activity] of moves) {
      const others = all.filter((_, index) => index !== profile);
      const advanced = advance(all[profile]!, mission, activity, others);
      all[profile] = advanced.progress;
      due.push(...advanced.due.map(({ key }) => key));
    }
    return { all, due };
  }

  it('do a mission once with what they count together, and each keeps its own count', () => {
    const { all, due } = play(aMission(), [
      [0, pay],
      [1, pay],
      [0, pay],
      [1, pay],
    ]);
    expect(due).toEqual(['done|0']);
    expect(all).toMatchObject([
      { progress: [1], doneAt: null },
      { progress: [1], doneAt: pay.at, doneTogether: [0] },
    ]);
    // Apart again, the one goes on from his own count; the other has done it.
    expect(advance(all[0]!, aMission(), pay).due).toHaveLength(1);
    expect(advance(all[1]!, aMission(), pay).due).toEqual([]);
  });

  it('are done by the next activity when they had counted enough before they were joined', () => {
    const [one] = play(aMission(), [[0, pay]]).all;
    const other = { ...one!, customerId: 'c-2' };
    expect(standingOf([one!, other], aMission()).steps).toEqual([{ progress: 2, isDone: false }]);
    expect(advance(one!, aMission(), pay, [other]).due).toHaveLength(1);
  });

  it('take turns in a chain, and do not do again what one of them had done', () => {
    const chain = aMission({ steps, isChained: true });
    const moves: [number, typeof pay][] = [
      [0, signIn],
      [1, signIn],
      [1, pay],
    ];
    expect(play(chain, moves).due).toEqual(['step-0|0', 'step-1|0', 'done|0']);
  });
});

it('concerns only what one of its steps counts', () => {
  expect([concerns(aMission(), pay), concerns(aMission(), signIn)]).toEqual([true, false]);
});
