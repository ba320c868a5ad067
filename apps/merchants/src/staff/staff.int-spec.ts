import { StaffChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { StaffServiceService } from '@tidegate/contracts/merchants/v1/staff';
import { eventually } from '@tidegate/testing';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../testing/merchants.harness';

// Goal: who works where is ruled by others of the same organisation, and every change is told.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

const staff = (id: string, orgPath: string) => harness.clientOf(StaffServiceService, { kind: 'staff', id, orgPath });
const put = (id: string, orgPath: string, by = staff('chief', 'hq')) =>
  by.putStaffMember({ requestId: newRequestId(), staffId: id, name: id, orgPath });
const move = (staffId: string, state: string, by = staff('chief', 'hq')) =>
  by.moveStaffMember({ requestId: newRequestId(), staffId, state, reason: 'for a test' });
const standing = (staffId: string) =>
  harness.clientOf(StaffServiceService, { kind: 'service', id: 'gateway' }).getStaffStanding({ staffId });

it('enters, suspends, takes back and lets go, and tells of each', async () => {
  const told: string[] = [];
  const stop = harness.service.bus.listen(StaffChanged, ({ subject, data }) =>
    told.push(`${subject} ${data.member?.state}`),
  );
  expect(await standing('ann')).toEqual({ state: '', orgPath: '' });
  const entered = await put('ann', 'hq/east');
  expect(entered.member).toMatchObject({ state: 'active', changedBy: 'chief' });
  for (const state of ['suspended', 'active', 'left']) await move('ann', state);
  expect(await standing('ann')).toEqual({ state: 'left', orgPath: 'hq/east' });
  await expect(move('ann', 'suspended')).rejects.toMatchObject({ reason: 'STAFF_MOVE_NOT_ALLOWED' });
  await eventually(() => expect(told).toEqual(['ann active', 'ann suspended', 'ann active', 'ann left']), {
    timeoutMs: 60_000,
  });
  stop();
});

it('answers a repeat with the first record', async () => {
  const request = { requestId: newRequestId(), staffId: 'bob', name: 'Bob', orgPath: 'hq/east' };
  const first = await staff('chief', 'hq').putStaffMember(request);
  await put('bob', 'hq/west');
  expect(await staff('chief', 'hq').putStaffMember(request)).toEqual(first);
  expect(await standing('bob')).toMatchObject({ orgPath: 'hq/west' });
});

it('is for others of the organisation: neither for the person himself nor for another branch', async () => {
  await put('cid', 'hq/east');
  const [himself, west] = [staff('cid', 'hq/east'), staff('wes', 'hq/west')];
  await expect(put('cid', 'hq/east', himself)).rejects.toMatchObject({ reason: 'STAFF_SELF_CHANGE' });
  await expect(move('cid', 'left', himself)).rejects.toMatchObject({ reason: 'STAFF_SELF_CHANGE' });
  for (const call of [
    put('cid', 'hq/west', west),
    put('dan', 'hq', west),
    move('cid', 'left', west),
    west.getStaffMember({ staffId: 'cid' }),
  ]) {
    await expect(call).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  }
  const merchant = harness.clientOf(StaffServiceService, { kind: 'merchant', id: 'noodle-bar', orgPath: '' });
  await expect(merchant.listStaffMembers({ pageSize: 0, pageToken: '' })).rejects.toMatchObject({
    reason: 'STAFF_ONLY',
  });
  await expect(put('eve', 'hq/nowhere')).rejects.toMatchObject({ reason: 'ORG_UNIT_NOT_FOUND' });
  await expect(move('nobody', 'left')).rejects.toMatchObject({ reason: 'STAFF_NOT_FOUND' });
  await expect(move('cid', 'gone')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});

it('pages each organisation’s own', async () => {
  for (const id of ['w-1', 'w-2', 'w-3']) await put(id, 'hq/west');
  const west = staff('wes', 'hq/west');
  const ids: string[] = [];
  let pageToken = '';
  do {
    const page = await west.listStaffMembers({ pageSize: 2, pageToken });
    ids.push(...page.members.map(({ staffId }) => staffId));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(ids).toEqual(['bob', 'w-1', 'w-2', 'w-3']);
});
