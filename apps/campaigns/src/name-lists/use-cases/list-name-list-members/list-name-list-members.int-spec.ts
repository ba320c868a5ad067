import { FakeClock } from '@tidegate/testing';
import { startListStory, type ListStory, type StoryCustomer } from '../../../testing/list-story';
import type { ListMember } from '../../domain/list-member';
import { packMembers, unpackMembers } from '../../repositories/member-packing';

// Goal: nobody reads of a customer of another organisation, also in a list that was built while they were still held.

const base: StoryCustomer[] = ['c-1', 'c-3'].map((customerId) => ({ customerId, orgPath: 'hq/east/sh' }));
let story: ListStory;
beforeAll(async () => {
  story = await startListStory(base, new FakeClock());
});
afterAll(() => story?.stop());

/** Puts a member between those of the list's only chunk, as it was stored once. */
async function hold(listId: string, member: ListMember): Promise<void> {
  const chunks = story.harness.service.mongo.connection.collection<{ _id: string; members: string }>(
    'name_list_chunks',
  );
  const chunk = await chunks.findOne({ _id: `${listId}|000000` });
  const [first, ...others] = unpackMembers(chunk!.members);
  const members = packMembers([first!, member, ...others], first!.relations.length);
  expect(await chunks.updateOne({ _id: chunk!._id }, { $set: { members } })).toMatchObject({ modifiedCount: 1 });
}

it('leaves out who is of another organisation, in rows, by name and in the push', async () => {
  const { build, members, lists, harness, pushed } = story;
  const { listId } = await build('old', { orgPath: 'hq/east' });
  const foreign = { customerId: 'c-2', externalId: 'x-c-2', orgPath: 'hq/west', relations: [''] };
  await hold(listId, { ...foreign, reason: 'ORG_OUT_OF_SCOPE' });
  expect((await members(listId)).map(({ customerId }) => customerId)).toEqual(['c-1', 'c-3']);
  expect(await members(listId, { reason: 'ORG_OUT_OF_SCOPE' })).toEqual([]);
  const named = { listId, customerId: 'c-2' };
  await expect(lists.getNameListMember(named)).rejects.toMatchObject({ reason: 'NAME_LIST_MEMBER_NOT_FOUND' });
  expect(await lists.getNameListMember({ listId, customerId: 'c-3' })).toMatchObject({ member: { customerId: 'c-3' } });
  await harness.maker.dispatchNameList({ requestId: 'go', listId, capacitySlot: '', horizonDays: 0 });
  expect(pushed.flatMap(({ customerIds }) => customerIds)).toEqual(['c-1', 'c-3']);
});
