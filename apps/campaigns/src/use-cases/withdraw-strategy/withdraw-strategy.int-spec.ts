import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { DomainError } from '@tidegate/errors';
import {
  actionMessage,
  publish,
  reviewOf,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: whoever drafts takes back what he submitted, or gives it up, and nothing that is live hears of it.

let harness: Harness;
beforeAll(async () => {
  harness = await startCampaigns();
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
});
afterAll(() => harness?.stop());

const answerOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    ({ reason }: DomainError) => reason,
  );
const as = (role: string, orgPath = 'hq') =>
  harness.service.client(CampaignsServiceService, { id: role, roles: [role], orgPath });
const draft = async (strategyId: string): Promise<void> => {
  const strategy = strategyMessage({ strategyId, orgPath: 'hq/east' });
  await harness.maker.createStrategy({ requestId: `c-${strategyId}`, strategy });
};
const submit = (strategyId: string, requestId: string) => harness.maker.submitStrategy({ requestId, strategyId });
const get = async (strategyId: string) => (await harness.maker.getStrategy({ strategyId, version: 0 })).strategy;
const listed = async (state: string): Promise<string[]> => {
  const { strategies } = await harness.maker.listStrategies({ state, pageSize: 0, pageToken: '' });
  return strategies.map(({ strategyId }) => strategyId);
};

it('takes a submission back, once for a request, by a maker of the organisation alone', async () => {
  const strategyId = 'submitted';
  await draft(strategyId);
  const request = { requestId: 'w1', strategyId };
  expect(await answerOf(as('maker').withdrawStrategy(request))).toBe('STRATEGY_MOVE_NOT_ALLOWED');
  await submit(strategyId, 's1');
  const review = await reviewOf(harness, strategyId, 'approve');
  expect(await answerOf(as('checker').withdrawStrategy(request))).toBe('DUTY_NOT_HELD');
  expect(await answerOf(as('maker', 'hq/west').withdrawStrategy(request))).toBe('ORG_OUT_OF_SCOPE');
  const { strategy } = await as('maker').withdrawStrategy(request);
  expect(strategy).toMatchObject({ state: 'draft', version: 1 });
  expect((await as('maker').withdrawStrategy(request)).strategy).toEqual(strategy);
  expect(await answerOf(harness.checker.approveStrategy(review))).toBe('STRATEGY_MOVE_NOT_ALLOWED');
  expect(await answerOf(submit(strategyId, 's2'))).toBe('done');
  expect(await answerOf(as('maker').withdrawStrategy({ ...request, strategyId: 'none', requestId: 'w2' }))).toBe(
    'STRATEGY_NOT_FOUND',
  );
});

it('gives up a change beside a live version, and a strategy that never was live', async () => {
  const { strategyId } = await publish(harness, strategyMessage({ strategyId: 'live', orgPath: 'hq/east' }));
  const change = strategyMessage({ strategyId, orgPath: 'hq/east', name: 'Other', version: 1 });
  await harness.maker.updateStrategy({ requestId: 'u', strategy: change });
  await submit(strategyId, 's3');
  const request = { requestId: 'd1', strategyId };
  expect(await answerOf(as('checker').discardStrategy(request))).toBe('DUTY_NOT_HELD');
  const { strategy } = await as('maker').discardStrategy(request);
  expect(strategy).toMatchObject({ state: 'published', version: 1, name: 'Deposit by app' });
  expect((await as('maker').discardStrategy(request)).strategy).toEqual(strategy);
  const { versions } = await harness.makerDesk.listStrategyVersions({ strategyId, pageSize: 0, pageToken: '' });
  expect(versions.map(({ version, state }) => [version, state])).toEqual([
    [2, 'retired'],
    [1, 'published'],
  ]);
  expect(await answerOf(as('maker').discardStrategy({ ...request, requestId: 'd2' }))).toBe(
    'STRATEGY_MOVE_NOT_ALLOWED',
  );

  await draft('first');
  const first = await as('maker').discardStrategy({ requestId: 'd3', strategyId: 'first' });
  expect(first.strategy).toMatchObject({ state: 'retired', version: 1 });
  expect(await get('first')).toMatchObject({ state: 'retired' });
  expect([await listed('draft'), await listed('retired')]).toEqual([[], ['first']]);
});
