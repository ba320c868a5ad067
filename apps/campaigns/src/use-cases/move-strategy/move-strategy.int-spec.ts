import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { DomainError } from '@tidegate/errors';
import { parseWordList } from '../../domain/copy/word-list';
import { WordLists } from '../../references/word-lists';
import {
  actionMessage,
  appTreatment,
  publish,
  scriptMessage,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';
import type { LiveMove } from './move-strategy.request';

// Goal: stopping is easy, and nothing comes into force again that could not be published today.

let harness: Harness;

beforeAll(async () => {
  harness = await startCampaigns();
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
});
afterAll(() => harness?.stop());

const answerOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    ({ reason, metadata }: DomainError) => [reason, metadata?.findings].filter(Boolean).join(' '),
  );
const as = (...roles: string[]) => harness.service.client(CampaignsServiceService, { id: roles.join(), roles });
const move = (strategyId: string, what: LiveMove, requestId: string, client = harness.checker): Promise<string> =>
  answerOf(client.moveStrategy({ requestId, strategyId, move: what }));

it('lets a maker stop, and a checker alone resume', async () => {
  const strategyId = 'stopped';
  await publish(harness, strategyMessage({ strategyId }));
  expect(await move(strategyId, 'pause', 's1', as('maker'))).toBe('done');
  expect(await move(strategyId, 'resume', 's2', as('maker'))).toBe('DUTY_NOT_HELD');
  expect(await move(strategyId, 'resume', 's3', as('checker'))).toBe('done');
  expect(await move(strategyId, 'resume', 's3', as('checker'))).toBe('done');
  expect(await move(strategyId, 'resume', 's4', as('checker'))).toBe('STRATEGY_MOVE_NOT_ALLOWED');
  expect(await move('none', 'resume', 's5', as('checker'))).toBe('STRATEGY_NOT_FOUND');
});

it('resumes nothing whose benefit is used up, closed or ends first meanwhile', async () => {
  const strategyId = 'gifts';
  const { maker, stocks } = harness;
  stocks.set('gift', { totalLimit: 3, claimedCount: 0 });
  const treatments = [appTreatment({ benefitStockId: 'gift' })];
  await maker.putAction({ requestId: 'gift', action: actionMessage({ actionId: 'gift', treatments }) });
  await publish(harness, strategyMessage({ strategyId, actionIds: ['gift'] }));
  expect(await move(strategyId, 'pause', 'g1')).toBe('done');
  stocks.set('gift', { totalLimit: 3, claimedCount: 3 });
  expect(await move(strategyId, 'resume', 'g2')).toBe('STRATEGY_INCOMPLETE BENEFIT_SOLD_OUT');
  stocks.set('gift', { totalLimit: 4, claimedCount: 3, claimEndsAt: new Date(Date.now() + 1_000_000) });
  expect(await move(strategyId, 'resume', 'g3')).toBe('STRATEGY_INCOMPLETE BENEFIT_ENDS_BEFORE_STRATEGY');
  stocks.set('gift', { totalLimit: 4, claimedCount: 3 });
  expect(await move(strategyId, 'resume', 'g4')).toBe('done');
});

it('resumes nothing whose quota is used up, too small or gone', async () => {
  const strategyId = 'budgeted';
  const { quotas } = harness;
  quotas.set('budget', { limitAmount: 10 });
  const quotaUses = [{ quotaId: 'budget', actionIds: [], channels: [], amount: 3 }];
  await publish(harness, strategyMessage({ strategyId, quotaUses }));
  expect(await move(strategyId, 'pause', 'b1')).toBe('done');
  quotas.set('budget', { limitAmount: 10, usedAmount: 8 });
  expect(await move(strategyId, 'resume', 'b2')).toBe('STRATEGY_INCOMPLETE QUOTA_EXHAUSTED');
  quotas.set('budget', { limitAmount: 2 });
  expect(await move(strategyId, 'resume', 'b3')).toBe('STRATEGY_INCOMPLETE QUOTA_TOO_SMALL');
  quotas.delete('budget');
  expect(await move(strategyId, 'resume', 'b4')).toBe('STRATEGY_INCOMPLETE QUOTA_UNKNOWN');
  quotas.set('budget', { limitAmount: 10, usedAmount: 8, period: 'day' });
  expect(await move(strategyId, 'resume', 'b5')).toBe('done');
});

it('resumes nothing whose queue is another branch’s or another channel’s by now, or was never set up', async () => {
  const strategyId = 'calls';
  const { maker, queueOrgPaths, queueChannels } = harness;
  await maker.putScript({ requestId: 'call', script: scriptMessage() });
  const treatments = [appTreatment({ channel: 'branch', scriptId: 'call', queue: 'desk' })];
  await maker.putAction({ requestId: 'call', action: actionMessage({ actionId: 'call', treatments }) });
  queueOrgPaths.set('desk', 'hq');
  await publish(harness, strategyMessage({ strategyId, actionIds: ['call'], orgPath: 'hq/east' }));
  expect(await move(strategyId, 'pause', 'q1')).toBe('done');
  queueOrgPaths.set('desk', 'hq/west');
  expect(await move(strategyId, 'resume', 'q2')).toBe('STRATEGY_INCOMPLETE QUEUE_OUT_OF_SCOPE');
  queueOrgPaths.delete('desk');
  expect(await move(strategyId, 'resume', 'q3')).toBe('STRATEGY_INCOMPLETE QUEUE_UNKNOWN');
  queueOrgPaths.set('desk', 'hq/east/sh');
  queueChannels.set('desk', 'remote_bank');
  expect(await move(strategyId, 'resume', 'q-channel')).toBe('STRATEGY_INCOMPLETE QUEUE_OF_OTHER_CHANNEL');
  queueChannels.set('desk', 'branch');
  expect(await move(strategyId, 'resume', 'q4')).toBe('done');
});

it('resumes no text that is forbidden by now, and stops it all the same', async () => {
  const strategyId = 'words';
  await publish(harness, strategyMessage({ strategyId }));
  const lists = harness.service.app.get(WordLists);
  const entries = [{ entryId: 'rate', source: 'bank', phrases: ['a better rate'] }];
  const own = { listId: 'own', version: '1', kind: 'forbidden', title: 'Own', sources: { bank: 'Bank' }, entries };
  const before = lists.all;
  Object.assign(lists, { all: [...before, parseWordList(own, 'own.json')] });
  try {
    expect(await move(strategyId, 'pause', 'w1')).toBe('done');
    expect(await move(strategyId, 'resume', 'w2')).toBe('STRATEGY_INCOMPLETE COPY_FORBIDDEN_PROMISE');
  } finally {
    Object.assign(lists, { all: before });
  }
  expect(await move(strategyId, 'resume', 'w3')).toBe('done');
  expect(await move(strategyId, 'retire', 'w4')).toBe('done');
});
