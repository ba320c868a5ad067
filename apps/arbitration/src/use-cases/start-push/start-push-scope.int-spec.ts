import { ArbitrationServiceService, StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Actor } from '@tidegate/observability';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { PushRunner } from '../../testing/push-runner';

// Goal: a branch works the push of its own list, though the strategy is the head office's, for its own customers; nobody else's branch does.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(1);
  await fixture.putPolicy({});
  await fixture.putCustomers([{ customerId: 'ann' }]);
  await fixture.putStrategy('handed', [appAction('handed')], { orgPath: 'hq' });
});
afterAll(() => fixture?.stop());

const clientOf = (kind: Actor['kind'], orgPath: string) =>
  fixture.first.client(ArbitrationServiceService, { id: `of-${orgPath}`, kind, roles: ['maker'], orgPath });
const start = (orgPath: string) =>
  StartPushRequest.fromPartial({ requestId: `push-${orgPath}`, strategyId: 'handed', listId: 'list', orgPath });

it('belongs to the organisation that its list belongs to', async () => {
  const [campaigns, east, west] = [clientOf('service', ''), clientOf('staff', 'hq/east'), clientOf('staff', 'hq/west')];
  await expect(east.startPush(start('hq/east'))).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await expect(campaigns.startPush(start('other'))).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  const { push } = await campaigns.startPush(start('hq/east'));
  expect(push).toMatchObject({ orgPath: 'hq/east', state: 'receiving' });
  const { pushId } = push!;
  await expect(west.getPush({ pushId })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  expect((await east.getPush({ pushId })).push).toEqual(push);
  expect((await clientOf('staff', 'hq').startPush(start(''))).push?.orgPath).toBe('hq');
  expect((await east.cancelPush({ pushId })).push?.state).toBe('cancelled');
});

it('reaches nobody of another part of the organisation, whoever puts him on the list', async () => {
  await fixture.putCustomers([
    { customerId: 'bea', orgPath: 'hq/east/shanghai' },
    { customerId: 'wes', orgPath: 'hq/west' },
    { customerId: 'eve', orgPath: 'hq/eastern' },
  ]);
  await fixture.putStrategy('own', [appAction('own')], { orgPath: 'hq/east' });
  const [east, west] = [clientOf('staff', 'hq/east'), clientOf('staff', 'hq/west')];
  const request = StartPushRequest.fromPartial({ requestId: 'own', strategyId: 'own', listId: 'own' });
  const { pushId } = (await east.startPush(request)).push!;
  const customerIds = ['ann', 'bea', 'wes', 'eve'];
  await east.appendPushMembers({ pushId, sequence: 0, customerIds, isLast: true });
  const push = await new PushRunner(fixture).finished(pushId);
  expect(push.countByReason).toEqual({ CHOSEN: 2, ORG_OUT_OF_SCOPE: 2 });
  const { decisions } = await east.listPushDecisions({ pushId, pageSize: 0, pageToken: '' });
  const told = Object.fromEntries(decisions.map(({ customerId, reason }) => [customerId, reason]));
  expect(told).toEqual({ ann: 'CHOSEN', bea: 'CHOSEN', wes: 'ORG_OUT_OF_SCOPE', eve: 'ORG_OUT_OF_SCOPE' });
  const ofWes = decisions.find(({ customerId }) => customerId === 'wes')!;
  expect(ofWes).toMatchObject({ rank: 0, actionId: '', channel: '', championPropensity: 0 });
  const asked = { decisionId: ofWes.decisionId, language: 'en' };
  await expect(east.getDecision(asked)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const { decision } = await west.getDecision(asked);
  expect(decision?.candidates).toMatchObject([{ strategyId: 'own', reason: 'ORG_OUT_OF_SCOPE' }]);
  expect(decision?.explanation.join(' ')).toContain('another part of the organisation');
});
