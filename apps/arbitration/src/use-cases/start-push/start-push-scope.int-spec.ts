import { ArbitrationServiceService, StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Actor } from '@tidegate/observability';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: a branch works the push of its own list, though the strategy is the head office's; nobody else's branch does.

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
