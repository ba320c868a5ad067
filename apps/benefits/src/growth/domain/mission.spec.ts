import { aFilter, aMission, anActivity, aStep, pointsReward } from '../testing/growth.factory';
import { advance, concerns, emptyProgress, type Mission } from './mission';

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

it('concerns only what one of its steps counts', () => {
  expect([concerns(aMission(), pay), concerns(aMission(), signIn)]).toEqual([true, false]);
});
