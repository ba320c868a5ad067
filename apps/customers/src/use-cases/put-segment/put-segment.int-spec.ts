import { Segment } from '@tidegate/contracts/customers/v1/customers';
import { startCustomers, type CustomersHarness } from '../../testing/customers.harness';

// Goal: who asks for a new segment never writes over that of somebody else.

let harness: CustomersHarness;

beforeAll(async () => {
  harness = await startCustomers();
});
afterAll(() => harness?.stop());

const put = (segmentId: string, rule: object, requestId: string, isNew: boolean) => {
  const segment = Segment.fromPartial({ segmentId, name: segmentId, rule: { ...rule }, orgPath: 'hq' });
  return harness.client.putSegment({ requestId, segment, isNew });
};
const TAKEN = { code: 'ALREADY_EXISTS', reason: 'SEGMENT_EXISTS' };

it('replaces nothing where a new segment is asked for', async () => {
  const [byHand, drafted] = [{ field: 'attributes.age', op: 'gte', value: 60 }, { all: [] }];
  const first = await put('once', drafted, 'n-1', true);
  await put('once', byHand, 'n-2', false);
  await expect(put('once', drafted, 'n-3', true)).rejects.toMatchObject(TAKEN);
  // A repeat of what made it is answered, and changes nothing.
  expect(await put('once', drafted, 'n-1', true)).toEqual(first);
  const { segment } = await harness.client.getSegment({ segmentId: 'once' });
  expect(segment).toMatchObject({ rule: byHand, version: 2 });
});

it('makes one segment of several new ones at once', async () => {
  const rush = await Promise.allSettled(
    ['r-1', 'r-2', 'r-3'].map((requestId) => put('rush', { all: [] }, requestId, true)),
  );
  const refused = rush.filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: TAKEN }, { reason: TAKEN }]);
  expect((await harness.client.getSegment({ segmentId: 'rush' })).segment).toMatchObject({ version: 1 });
});

it('keeps a segment of any unit, however long its path', async () => {
  const orgPath = `hq/${'u'.repeat(252)}`;
  const segment = Segment.fromPartial({ segmentId: 'deep', name: 'Deep', rule: { all: [] }, orgPath });
  const put = await harness.client.putSegment({ requestId: 'deep', segment, isNew: true });
  expect(put.segment).toMatchObject({ segmentId: 'deep', orgPath });
});

it('lets nobody write over what was changed since he read it', async () => {
  const putRead = (name: string, version: number) => {
    const segment = Segment.fromPartial({ segmentId: 'shared', name, rule: { all: [] }, orgPath: 'hq', version });
    return harness.client.putSegment({ requestId: `shared-${name}`, segment, isNew: false });
  };
  expect((await putRead('first', 0)).segment).toMatchObject({ version: 1 });
  // Two who read the first version.
  const both = await Promise.allSettled([putRead('by-ann', 1), putRead('by-ben', 1)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const CHANGED = { code: 'ABORTED', reason: 'VERSION_CONFLICT', metadata: { version: '2' } };
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: CHANGED });
  const winner = both[0].status === 'fulfilled' ? 'by-ann' : 'by-ben';
  // A repeat of what was written is answered.
  expect((await putRead(winner, 1)).segment).toMatchObject({ name: winner, version: 2 });
  expect((await putRead('again', 2)).segment).toMatchObject({ version: 3 });
  // Whoever names none replaces whichever there is.
  expect((await putRead('over', 0)).segment).toMatchObject({ version: 4 });
});
