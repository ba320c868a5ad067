import { Push, type AppendPushMembersRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { NameList } from '@tidegate/contracts/campaigns/v1/campaigns';
import { DomainError, refused } from '@tidegate/errors';
import { eventually, FakeClock } from '@tidegate/testing';
import { startListStory, type ListStory } from '../../../testing/list-story';

// Goal: a dispatch comes to an end, as one push of all members or as none, whatever becomes of the push.

const clock = new FakeClock();
const base = Array.from({ length: 6 }, (_, i) => ({ customerId: `c${i}`, orgPath: 'hq/east' }));
let story: ListStory;
/** As arbitration would keep them. */
const pushes = new Map<string, Push>();
const chunks: AppendPushMembersRequest[] = [];
let beforeChunk: (chunk: AppendPushMembersRequest) => void = () => undefined;

const change = (pushId: string, changes: Partial<Push>): Push => {
  const push = Push.fromPartial({ ...pushes.get(pushId), pushId, ...changes });
  pushes.set(pushId, push);
  return push;
};

beforeAll(async () => {
  story = await startListStory(base, clock, 2, {
    startPush: ({ requestId }) => {
      const pushId = `push-${requestId}`;
      return Promise.resolve({ push: pushes.get(pushId) ?? change(pushId, { state: 'receiving' }) });
    },
    appendPushMembers: async (chunk) => {
      beforeChunk(chunk);
      if (pushes.get(chunk.pushId)?.state !== 'receiving') throw refused('PUSH_STARTED', 'No more is taken.');
      chunks.push(chunk);
      return { push: change(chunk.pushId, { state: chunk.isLast ? 'running' : 'receiving' }) };
    },
    getPush: ({ pushId }) => Promise.resolve({ push: pushes.get(pushId) }),
    cancelPush: async ({ pushId }) => {
      if (pushes.get(pushId)?.state === 'failed') throw refused('PUSH_FINISHED', 'It is over.');
      return { push: change(pushId, { state: 'cancelled' }) };
    },
  });
});
afterAll(() => story?.stop());
beforeEach(() => {
  beforeChunk = () => undefined;
});

const dispatch = async (listId: string, requestId: string): Promise<NameList> => {
  const order = { requestId, listId, capacitySlot: '', horizonDays: 0 };
  return (await story.harness.maker.dispatchNameList(order)).nameList!;
};
/** Does something instead of taking the second chunk, and then is cut off. */
const cutOffAtSecond = (instead: (chunk: AppendPushMembersRequest) => void = () => undefined): void => {
  let isCut = false;
  beforeChunk = (chunk) => {
    if (chunk.sequence !== 1 || isCut) return;
    isCut = true;
    instead(chunk);
    throw new DomainError({ code: 'DEADLINE_EXCEEDED', reason: 'SLOW', message: 'slow' });
  };
};
const goneOn = (listId: string, expected: Partial<NameList>): Promise<NameList> => {
  // Long enough for the holder to be taken for dead.
  clock.advance(120_000);
  return eventually(async () => {
    const list = await story.get(listId);
    expect(list).toMatchObject(expected);
    return list;
  });
};
const membersOf = (pushId: string): string[] =>
  chunks.filter((chunk) => chunk.pushId === pushId).flatMap(({ customerIds }) => customerIds);

it('is taken back when the members are refused, and begun again as a push of its own', async () => {
  const { listId } = await story.build('refused');
  beforeChunk = ({ sequence }) => {
    if (sequence === 1) throw new DomainError({ code: 'OUT_OF_RANGE', reason: 'PUSH_TOO_LARGE', message: 'too large' });
  };
  await expect(dispatch(listId, 'r1')).rejects.toMatchObject({ reason: 'PUSH_TOO_LARGE' });
  expect(await story.get(listId)).toMatchObject({ state: 'ready', failureReason: 'PUSH_TOO_LARGE', pushId: '' });
  const first = `push-name-list-${listId}`;
  expect(pushes.get(first)?.state).toBe('cancelled');

  beforeChunk = () => undefined;
  const list = await dispatch(listId, 'r2');
  expect(list).toMatchObject({ state: 'dispatched', failureReason: '' });
  expect(list.pushId).not.toBe(first);
  expect(membersOf(list.pushId)).toEqual(base.map(({ customerId }) => customerId));
});

it('is taken back also in the background, so that the list can be closed', async () => {
  const { listId } = await story.build('hung');
  cutOffAtSecond();
  await expect(dispatch(listId, 'h1')).rejects.toMatchObject({ reason: 'SLOW' });
  beforeChunk = () => {
    throw new DomainError({ code: 'OUT_OF_RANGE', reason: 'PUSH_TOO_LARGE', message: 'too large' });
  };
  await goneOn(listId, { state: 'ready', failureReason: 'PUSH_TOO_LARGE' });
  const { nameList } = await story.lists.closeNameList({ requestId: 'h2', listId });
  expect(nameList?.state).toBe('closed');
});

it.each([
  ['stopped', 'cancelled', 'PUSH_CANCELLED'],
  ['given up', 'failed', 'PUSH_FAILED'],
])('is taken back when the push was %s before it had all members', async (name, state, failureReason) => {
  const { listId } = await story.build(name);
  cutOffAtSecond(({ pushId }) => void change(pushId, { state }));
  await expect(dispatch(listId, `${name} 1`)).rejects.toMatchObject({ reason: 'SLOW' });
  await goneOn(listId, { state: 'ready', failureReason, pushId: '' });
  const list = await dispatch(listId, `${name} 2`);
  expect(list.state).toBe('dispatched');
  expect(membersOf(list.pushId)).toEqual(base.map(({ customerId }) => customerId));
});

it('is done when the push was stopped after people were decided about', async () => {
  const { listId } = await story.build('late');
  const pushId = `push-name-list-${listId}`;
  cutOffAtSecond(() => void change(pushId, { state: 'cancelled', decidedCount: 3 }));
  await expect(dispatch(listId, 'l1')).rejects.toMatchObject({ reason: 'SLOW' });
  await goneOn(listId, { state: 'dispatched', pushId });
});
