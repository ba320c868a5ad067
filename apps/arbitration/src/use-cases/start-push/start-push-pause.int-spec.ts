import { StartPushRequest, type Push } from '@tidegate/contracts/arbitration/v1/arbitration';
import { eventually } from '@tidegate/testing';
import { PushBatch } from '../../engine/push-batch';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner, SLOT } from '../../testing/push-runner';

// Goal: a pause of the strategy costs a push nobody: it waits, says so, keeps no other push back, and goes on or ends with its strategy.

const PATIENT = { timeoutMs: 60_000 };
let fixture: ArbitrationFixture;
let run: PushRunner;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => fixture?.stop());

const move = (name: string, state: string) => fixture.putStrategy(name, [appAction(name)], { state });
const get = async (pushId: string): Promise<Push> => (await fixture.client().getPush({ pushId })).push!;
const waiting = (pushId: string) =>
  eventually(async () => {
    const push = await get(pushId);
    if (!push.isWaiting) throw new Error(`the push is ${push.state} and does not wait`);
    return push;
  }, PATIENT);

/** A push whose members come when its strategy is paused already. */
async function startPaused(name: string, ids: string[]): Promise<string> {
  await move(name, 'published');
  const terms = { requestId: `start-${name}`, strategyId: name, listId: name, capacitySlot: SLOT };
  const { push } = await fixture.client().startPush(StartPushRequest.fromPartial(terms));
  const pushId = push?.pushId ?? '';
  await move(name, 'paused');
  const chunk = { pushId, sequence: 0, customerIds: ids, isLast: true };
  expect((await fixture.client().appendPushMembers(chunk)).push).toMatchObject({ state: 'running', isWaiting: true });
  return pushId;
}

it('goes on where it was when a strategy that was paused between two batches is resumed', async () => {
  const listed = members('between', 1_000);
  await fixture.putCustomers(listed);
  await move('between', 'published');
  const batches = fixture.first.app.get(PushBatch);
  const decide = batches.decide.bind(batches);
  jest
    .spyOn(batches, 'decide')
    .mockImplementationOnce(decide)
    .mockImplementationOnce(async (push, tx) => {
      await move('between', 'paused');
      return decide(push, tx);
    });
  const pushId = await run.start('between', idsOf(listed));
  const held = await waiting(pushId);
  expect(held).toMatchObject({ state: 'running', stage: 'deciding' });
  expect(held.decidedCount).toBeLessThan(1_000);
  expect((await fixture.client().listPushes({ strategyId: 'between', pageSize: 0, pageToken: '' })).pushes).toEqual([
    held,
  ]);
  await move('between', 'published');
  expect(await run.finished(pushId)).toMatchObject({
    ...{ state: 'completed', isWaiting: false, decidedCount: 1_000, countByReason: { CHOSEN: 1_000 } },
  });
});

it('scores nobody in a pause, and lets other pushes pass', async () => {
  const [early, late] = [members('early', 40), members('late', 40)];
  await fixture.putCustomers([...early, ...late]);
  const pushId = await startPaused('early', idsOf(early));
  await move('late', 'published');
  expect(await run.finished(await run.start('late', idsOf(late)))).toMatchObject({ countByReason: { CHOSEN: 40 } });
  expect(await get(pushId)).toMatchObject({ state: 'running', isWaiting: true, scoredCount: 0, decidedCount: 0 });
  await move('early', 'published');
  expect(await run.finished(pushId)).toMatchObject({ state: 'completed', countByReason: { CHOSEN: 40 } });
});

it('ends with a strategy that is retired instead of resumed', async () => {
  const listed = members('retired', 20);
  await fixture.putCustomers(listed);
  const pushId = await startPaused('retired', idsOf(listed));
  await move('retired', 'retired');
  expect(await run.finished(pushId)).toMatchObject({
    ...{ state: 'completed', isWaiting: false, countByReason: { STRATEGY_NOT_ACTIVE: 20 } },
  });
});
