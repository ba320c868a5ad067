import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';

// Goal: what was told of and has not left yet waits while its strategy is paused, and never leaves once that was retired or has ended.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

it('lets decisions of a strategy wait for the end of a pause, and stops those of one that is over', async () => {
  const listed = members('m', 2);
  const actions = [appAction('note')];
  await fixture.putCustomers(listed);
  await fixture.putStrategy('stop', actions);
  const run = new PushRunner(fixture);
  const push = await run.finished(await run.start('stop', idsOf(listed)));
  const decisionIds = (await run.decisionsOf(push.pushId)).map(({ decisionId }) => decisionId);
  expect(decisionIds).toHaveLength(2);
  const ask = (ids = decisionIds) => fixture.client().listRetractions({ decisionIds: ids });
  const nothing = { retractions: [], quietDecisions: [] };
  expect(await ask()).toEqual(nothing);

  await fixture.putStrategy('stop', actions, { state: 'paused' });
  const { retractions, quietDecisions } = await ask([...decisionIds, 'unknown']);
  expect(retractions).toEqual([]);
  expect(quietDecisions.map(({ decisionId }) => decisionId).sort()).toEqual([...decisionIds].sort());
  for (const { until } of quietDecisions) expect(until!.getTime()).toBeGreaterThan(fixture.clock.now().getTime());
  await fixture.putStrategy('stop', actions);
  expect(await ask()).toEqual(nothing);

  const stopped = async (): Promise<void> => {
    const answer = await ask();
    expect(answer.quietDecisions).toEqual([]);
    expect(answer.retractions.map(({ decisionId, reason }) => [decisionId, reason]).sort()).toEqual(
      [...decisionIds].sort().map((decisionId) => [decisionId, 'STRATEGY_STOPPED']),
    );
  };
  await fixture.putStrategy('stop', actions, { endsAt: fixture.clock.now() });
  await stopped();
  await fixture.putStrategy('stop', actions, { state: 'retired' });
  await stopped();
});
