import { DomainError, refused } from '@tidegate/errors';
import { eventually, FakeClock } from '@tidegate/testing';
import { startListStory, type ListStory, type StoryCustomer } from '../../../testing/list-story';

// Goal: every line of a file is a member or is named with its reason, whatever the size of the pieces.

const uuid = (i: number): string =>
  `${((i * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const FOREIGN = 8_999;
const base: StoryCustomer[] = Array.from({ length: 9_000 }, (_, i) => ({
  customerId: uuid(i),
  orgPath: i === FOREIGN ? 'hq/west' : 'hq/east',
  attributes: { ownerId: 'amy' },
  reason: i === 7 ? 'CONSENT_MISSING' : '',
}));
let story: ListStory;
beforeAll(async () => {
  story = await startListStory(base, new FakeClock());
});
afterAll(() => story?.stop());

const refusal = (reason: string) => expect.objectContaining({ reason }) as Error;
const send = async (listId: string, text: string, pieceBytes: number): Promise<void> => {
  const bytes = Buffer.from(text);
  const count = Math.max(1, Math.ceil(bytes.length / pieceBytes));
  for (let sequence = 0; sequence < count; sequence += 1) {
    const content = bytes.subarray(sequence * pieceBytes, (sequence + 1) * pieceBytes);
    const piece = { listId, sequence, content, isLast: sequence === count - 1 };
    await story.lists.appendNameListContent(piece);
    await story.lists.appendNameListContent(piece);
  }
};
const collection = (name: string) => story.harness.service.mongo.connection.collection(name);
/** As they are stored. */
const piecesHeld = async (importId: string): Promise<string[]> => {
  const pieces = await collection('name_list_import_chunks').find({ importId }, { promoteBuffers: true }).toArray();
  return pieces.flatMap(({ content }) => (content ? [(content as Buffer).toString('latin1')] : []));
};

it('builds a list of a file, and names the bad lines', async () => {
  const { build, lists, idle, get, members } = story;
  const { listId, ...list } = await build('file', { source: 'csv' });
  expect(list).toMatchObject({ state: 'receiving', source: 'csv', segmentId: '' });
  const good = base.map(({ customerId }, i) => (i % 2 === 0 ? `x-${customerId},,` : `,${customerId},bo`));
  const bad = ['x-nobody,,', ',nobody,', ',,', '"open', `x-${uuid(3)},,`, 'a,b', `,${uuid(5)},${'a'.repeat(129)}`];
  const text = ['external_id,customer_id,agent_id', ...bad.slice(0, 4), ...good, ...bad.slice(4)].join('\n');
  await send(listId, text, 100_000);
  const done = await idle(listId);
  expect(done).toMatchObject({
    state: 'ready',
    memberCount: base.length,
    passedCount: base.length - 1,
    screenedCountByReason: { CONSENT_MISSING: 1 },
    lineCount: base.length + bad.length,
    refusedLineCount: bad.length,
  });
  const { errors } = await lists.listNameListErrors({ listId, pageSize: 0, pageToken: '' });
  expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'CUSTOMER_UNKNOWN'],
    [3, 'CUSTOMER_UNKNOWN'],
    [4, 'CUSTOMER_MISSING'],
    [5, 'LINE_MALFORMED'],
    [base.length + 6, 'CUSTOMER_REPEATED'],
    [base.length + 7, 'COLUMN_COUNT_WRONG'],
    [base.length + 8, 'AGENT_INVALID'],
  ]);
  const all = await members(listId, { pageSize: 5_000 });
  expect(all.map(({ customerId }) => customerId)).toEqual(base.map(({ customerId }) => customerId).sort());
  expect(all[0]?.externalId).toBe(`x-${all[0]?.customerId}`);
  expect((await get(listId)).expectedCount).toBe(base.length);
  expect(await piecesHeld(listId)).toEqual([]);
  expect(await collection('name_list_rows').countDocuments()).toBe(0);
});

it('names a customer of another organisation as if there were none', async () => {
  const { build, lists, idle, members } = story;
  const { listId } = await build('eastern', { source: 'csv', orgPath: 'hq/east' });
  const [east, west] = [uuid(1), uuid(FOREIGN)];
  const lines = ['external_id,customer_id', `x-${west},`, `,${west}`, `x-${east},`, `x-${west},`, 'x-nobody,'];
  await send(listId, lines.join('\n'), 100);
  expect(await idle(listId)).toMatchObject({ memberCount: 1, lineCount: 5, refusedLineCount: 4 });
  const { errors } = await lists.listNameListErrors({ listId, pageSize: 0, pageToken: '' });
  expect(errors.map(({ line }) => line)).toEqual([2, 3, 5, 6]);
  // Not even that two lines name the same one.
  expect(new Set(errors.map(({ reason, message }) => `${reason} ${message}`)).size).toBe(1);
  expect((await members(listId)).map(({ customerId }) => customerId)).toEqual([east]);
});

it('takes in nobody of another organisation who has not arrived here yet', async () => {
  const { build, lists, idle, members } = story;
  const [east, west] = [uuid(2), uuid(FOREIGN)];
  await collection('customer_facts').deleteMany({ _id: { $in: [east, west] as never[] } });
  const { listId } = await build('behind', { source: 'csv', orgPath: 'hq/east' });
  await send(listId, `external_id\nx-${west}\nx-${east}\n`, 100);
  expect(await idle(listId)).toMatchObject({ memberCount: 1, refusedLineCount: 1 });
  expect((await members(listId)).map(({ customerId }) => customerId)).toEqual([east]);
  const { errors } = await lists.listNameListErrors({ listId, pageSize: 0, pageToken: '' });
  expect(errors).toMatchObject([{ line: 2, reason: 'CUSTOMER_UNKNOWN' }]);
});

it('leaves no rows of a list that is cancelled or given up', async () => {
  const { build, get, hooks, harness } = story;
  const rows = () => collection('name_list_rows').countDocuments();
  const file = `external_id\nx-${uuid(1)}\n`;
  hooks.beforeScreening = () => Promise.reject(new DomainError({ code: 'UNAVAILABLE', reason: 'DOWN', message: '' }));
  const cancelled = (await build('cancelled-late', { source: 'csv' })).listId;
  await send(cancelled, file, 100);
  await eventually(async () => expect(await rows()).toBe(1));
  await harness.maker.cancelNameList({ listId: cancelled });
  expect(await rows()).toBe(0);

  hooks.beforeScreening = () => Promise.reject(refused('STRATEGY_GONE', 'It is gone.'));
  const failed = (await build('given-up', { source: 'csv' })).listId;
  await send(failed, file, 100);
  await eventually(async () => expect((await get(failed)).failureReason).toBe('STRATEGY_GONE'));
  await eventually(async () => expect(await rows()).toBe(0));
  hooks.beforeScreening = () => Promise.resolve();
});

it('refuses content that is out of order or comes too late, and a file that names nobody', async () => {
  const { build, lists, idle, harness } = story;
  const { listId } = await build('wrong', { source: 'csv' });
  const piece = (sequence: number, text: string, isLast = false) => ({
    listId,
    sequence,
    content: Buffer.from(text),
    isLast,
  });
  await expect(lists.appendNameListContent(piece(1, 'x'))).rejects.toThrow(refusal('NAME_LIST_CHUNK_OUT_OF_ORDER'));
  await expect(lists.appendNameListContent(piece(0, 'x'.repeat(1024 * 1024 + 1)))).rejects.toThrow(
    refusal('VALIDATION_FAILED'),
  );
  await lists.appendNameListContent(piece(0, 'phone\n'));
  await lists.appendNameListContent(piece(0, 'phone\n'));
  await expect(lists.appendNameListContent(piece(0, 'email\n'))).rejects.toThrow(refusal('NAME_LIST_CONTENT_DIFFERS'));
  const held = await piecesHeld(listId);
  expect(held).toHaveLength(1);
  expect(held[0]).not.toContain('phone');
  await lists.appendNameListContent(piece(1, '1\n', true));
  expect(await idle(listId)).toMatchObject({ state: 'failed', failureReason: 'NAME_LIST_COLUMN_MISSING' });
  expect(await piecesHeld(listId)).toEqual([]);
  await expect(lists.appendNameListContent(piece(0, 'email\n'))).rejects.toThrow(refusal('NAME_LIST_CONTENT_DIFFERS'));
  await expect(lists.appendNameListContent(piece(2, 'x'))).rejects.toThrow(refusal('NAME_LIST_NOT_RECEIVING'));

  const empty = (await build('empty', { source: 'csv' })).listId;
  await lists.appendNameListContent({ ...piece(0, 'external_id\n', true), listId: empty });
  expect(await idle(empty)).toMatchObject({ state: 'ready', memberCount: 0 });
  await harness.maker.dispatchNameList({ requestId: 'd', listId: empty, capacitySlot: '', horizonDays: 0 });

  const cancelled = (await build('cancelled', { source: 'csv' })).listId;
  await lists.appendNameListContent({ ...piece(0, 'x'), listId: cancelled });
  expect(await piecesHeld(cancelled)).toHaveLength(1);
  await harness.maker.cancelNameList({ listId: cancelled });
  expect(await piecesHeld(cancelled)).toEqual([]);
  await expect(lists.appendNameListContent({ ...piece(1, 'x'), listId: cancelled })).rejects.toThrow(
    refusal('NAME_LIST_NOT_RECEIVING'),
  );
});
