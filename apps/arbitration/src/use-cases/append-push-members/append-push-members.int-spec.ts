import { eventually } from '@tidegate/testing';
import { PushBatch } from '../../engine/push-batch';
import { PushPlanner } from '../../engine/push-planner';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';

// Goal: a push that was begun is finished, whoever dies on the way.

let fixture: ArbitrationFixture;
let run: PushRunner;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

describe('a push whose worker dies', () => {
  /** The second replica works until its n-th step of a kind, and then is never heard of again. */
  function dieAt(step: 'score' | 'decide', nth: number): { isDead: () => boolean; bury: () => void } {
    const app = fixture.replicas[1]!.app;
    const worker = step === 'decide' ? app.get(PushBatch) : app.get(PushPlanner);
    let calls = 0;
    let bury: () => void = () => undefined;
    const death = new Promise<never>((_, reject) => {
      bury = () => reject(new Error('dead'));
    });
    death.catch(() => undefined);
    const whole = worker[step as never] as (...args: unknown[]) => Promise<unknown>;
    const spy = jest
      .spyOn(worker, step as never)
      .mockImplementation(((...args: unknown[]) => ((calls += 1) >= nth ? death : whole.apply(worker, args))) as never);
    return {
      isDead: () => calls >= nth,
      bury: () => {
        spy.mockRestore();
        bury();
      },
    };
  }

  it.each([
    ['score', 2, 0],
    // The first batches decide the 300 of the plan.
    ['decide', 3, 300],
  ] as const)(
    'at %s is finished by another, each member decided once and the queue filled exactly',
    async (step, nth, decided) => {
      const listed = members(`crash-${step}`, 1_200);
      await fixture.putCustomers(listed);
      await run.putCapacity(`crash-${step}`, 300);
      const actions = [callAction(`crash-${step}-call`, `crash-${step}`)];
      await fixture.putStrategy(`crash-${step}`, actions, { explorationBasisPoints: 2_000 });
      const ids = idsOf(listed);
      const { isDead, bury } = dieAt(step, nth);
      try {
        const pushId = await run.start(`crash-${step}`, ids, { replica: 1 });
        await eventually(() => expect(isDead()).toBe(true));
        const halfway = await fixture.client().getPush({ pushId });
        expect(halfway.push).toMatchObject({ state: 'running', decidedCount: decided });

        const push = await run.finished(pushId);
        expect(push).toMatchObject({ state: 'completed', scoredCount: 1_200, decidedCount: 1_200, chosenCount: 300 });
        const decisions = await run.decisionsOf(pushId);
        expect(new Set(decisions.map(({ customerId }) => customerId)).size).toBe(1_200);
        expect(decisions.filter(({ isExploration }) => isExploration)).toHaveLength(60);
        const contacts = await fixture.first.app.get(CustomerStateRepository).findMany(ids);
        const reserved = [...contacts.values()].flatMap((state) => state.contacts);
        expect(reserved.map(({ decisionId }) => decisionId).sort()).toEqual(
          decisions
            .filter(({ isChosen }) => isChosen)
            .map(({ decisionId }) => decisionId)
            .sort(),
        );
      } finally {
        bury();
      }
    },
  );
});
