import { StartPushRequest, type Push } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Mongo, newId } from '@tidegate/mongo';
import { RECEIVING_DAYS_MAX, startPush, type PushState } from '../../domain/push';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { PushRepository } from '../../repositories/push.repository';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { NOW } from '../../testing/decision.factory';
import { SLOT } from '../../testing/push-runner';
import { DropPushPartsUseCase } from './drop-push-parts.use-case';

// Goal: no push that is over keeps its members, and none waits for members for ever.

const DAY_MS = 86_400_000;
let fixture: ArbitrationFixture;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
  await fixture.putStrategy('sweep', [appAction('sweep')]);
});
afterAll(() => fixture?.stop());

const sweep = () => fixture.first.app.get(DropPushPartsUseCase).execute();
const parts = () => fixture.first.app.get(PushPartRepository);
const get = async (pushId: string): Promise<Push> => (await fixture.client().getPush({ pushId })).push!;
const isDropped = (pushId: string): Promise<boolean> =>
  parts()
    .getChunk(pushId, 0)
    .then(
      () => false,
      () => true,
    );

/** A push as a crash right after its end has left it. */
async function left(state: PushState): Promise<string> {
  const terms = { listId: 'l', strategyId: 'sweep', capacitySlot: SLOT, terms: { limits: [], costs: [] } };
  const push = { ...startPush({ pushId: newId(), ...terms }, NOW), state, nextSequence: 1, memberCount: 1 };
  await fixture.first.app.get(Mongo).transaction(async (tx) => {
    await fixture.first.app.get(PushRepository).add(push, tx);
    await parts().addChunk(push.pushId, 0, { customerIds: ['c-1'], digest: 'd' }, tx);
  });
  return push.pushId;
}

it('drops what is left of pushes that ended, however they ended, and of no other', async () => {
  const ended = await Promise.all((['completed', 'failed', 'cancelled'] as const).map(left));
  const open = await left('receiving');
  await sweep();
  expect(await Promise.all([...ended, open].map(isDropped))).toEqual([true, true, true, false]);
  // Each is looked at once.
  expect(await fixture.first.app.get(PushRepository).listWithParts(10)).toEqual([]);
});

it('gives a push up whose members have stopped coming', async () => {
  const terms = { requestId: 'start', strategyId: 'sweep', listId: 'l', capacitySlot: SLOT };
  const pushId = (await fixture.client().startPush(StartPushRequest.fromPartial(terms))).push?.pushId ?? '';
  const chunk = { pushId, customerIds: ['c-1'], isLast: false };
  await fixture.client().appendPushMembers({ ...chunk, sequence: 0 });
  fixture.clock.advance(RECEIVING_DAYS_MAX * DAY_MS);
  await sweep();
  expect(await get(pushId)).toMatchObject({ state: 'receiving' });
  fixture.clock.advance(1);
  await sweep();
  expect(await get(pushId)).toMatchObject({ state: 'failed', failureReason: 'PUSH_INCOMPLETE' });
  expect(await isDropped(pushId)).toBe(true);
  await expect(fixture.client().appendPushMembers({ ...chunk, sequence: 1, isLast: true })).rejects.toMatchObject({
    reason: 'PUSH_STARTED',
  });
});
