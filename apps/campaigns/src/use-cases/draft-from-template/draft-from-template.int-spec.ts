import { DraftFromTemplateRequest, StrategyDeskServiceService } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import type { DomainError } from '@tidegate/errors';
import { TEMPLATES } from '../../domain/templates/templates';
import { actionMessage, startCampaigns, type Harness } from '../../testing/campaigns-harness';

// Goal: one call makes a draft that could go to review as it is.

let harness: Harness;
const endsAt = new Date(Date.now() + 30 * 86_400_000);

beforeAll(async () => {
  harness = await startCampaigns();
  harness.stocks.set('gift', { claimEndsAt: endsAt });
});
afterAll(() => harness?.stop());

const order = (templateId: string, overrides: Partial<DraftFromTemplateRequest> = {}): DraftFromTemplateRequest =>
  DraftFromTemplateRequest.fromPartial({
    requestId: `draft-${templateId}`,
    templateId,
    orgPath: 'hq',
    queue: templateId === 'first-contact' ? 'east' : 'rb',
    benefitStockId: 'gift',
    endsAt,
    ...overrides,
  });
const reasonOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: DomainError) => error.reason,
  );

it('lists the eight patterns, each with its idea', async () => {
  const { templates } = await harness.makerDesk.listStrategyTemplates({});
  expect(templates.map(({ templateId }) => templateId)).toEqual([
    'first-contact',
    'honeymoon-waves',
    'card-not-activated',
    'payroll',
    'maturity',
    'birthday',
    'big-outflow',
    'win-back',
  ]);
  for (const { idea, actionNames } of templates) {
    expect(idea.length).toBeGreaterThan(60);
    expect(actionNames.length).toBeGreaterThan(0);
  }
});

it.each(TEMPLATES.map(({ templateId }) => templateId))('%s is a working draft', async (templateId) => {
  const { makerDesk, maker, checker } = harness;
  const drafted = await makerDesk.draftFromTemplate(order(templateId));
  // The same request again makes nothing new.
  expect(await makerDesk.draftFromTemplate(order(templateId))).toEqual(drafted);
  const { strategyId } = drafted.strategy!;
  expect(drafted.strategy).toMatchObject({ state: 'draft', templateId, createdBy: 'maker' });
  const check = await makerDesk.checkStrategy({ strategyId });
  expect(check.findings).toEqual([]);
  expect(check.isReady).toBe(true);
  const { strategy } = await maker.submitStrategy({ requestId: `submit-${templateId}`, strategyId });
  const { contentHash } = strategy!;
  const step = { requestId: `approve-${templateId}`, strategyId, comment: '', contentHash };
  expect((await checker.approveStrategy(step)).strategy).toMatchObject({ state: 'published', templateId });
});

it('makes a working draft of each without a benefit stock too', async () => {
  for (const { templateId } of TEMPLATES) {
    const plain = order(templateId, { requestId: `plain-${templateId}`, benefitStockId: '' });
    const { strategy, actions } = await harness.makerDesk.draftFromTemplate(plain);
    expect(actions.flatMap(({ treatments }) => treatments).every(({ benefitStockId }) => benefitStockId === '')).toBe(
      true,
    );
    const { findings } = await harness.makerDesk.checkStrategy({ strategyId: strategy!.strategyId });
    expect(findings).toEqual([]);
  }
});

it('makes the three honeymoon waves by what the customer has now', async () => {
  const { actions, segmentId } = await harness.makerDesk.draftFromTemplate(
    order('honeymoon-waves', { requestId: 'waves', strategyId: 'waves-east', name: 'East waves' }),
  );
  expect(segmentId).toBe('waves-east-segment');
  expect(harness.segments.has(segmentId)).toBe(true);
  const gte = (value: number) => ({ field: 'balanceMinor', op: 'gte', value });
  const lt = (value: number) => ({ field: 'balanceMinor', op: 'lt', value });
  expect(actions.map(({ applicability }) => applicability)).toEqual([
    { not: gte(100_000) },
    { all: [gte(100_000), lt(1_000_000)] },
    { all: [gte(1_000_000), lt(5_000_000)] },
  ]);
  expect(actions[0]?.treatments.map(({ channel, queue, benefitStockId }) => [channel, queue, benefitStockId])).toEqual([
    ['app', '', 'gift'],
    ['sms', '', 'gift'],
    ['remote_bank', 'rb', 'gift'],
  ]);
});

it.each([
  ['rb', 'remote_bank'],
  ['east', 'branch'],
])('has the people of queue %s work what others could work too', async (queue, channel) => {
  const { makerDesk } = harness;
  const { strategy, actions } = await makerDesk.draftFromTemplate(
    order('big-outflow', { requestId: `outflow-${queue}`, queue }),
  );
  expect(actions.flatMap(({ treatments }) => treatments.map((one) => one.channel))).toEqual([channel, 'app']);
  expect(strategy!.channels).toEqual([channel, 'app']);
  expect((await makerDesk.checkStrategy({ strategyId: strategy!.strategyId })).findings).toEqual([]);
});

it('never writes over a segment made by hand, also where it is refused for something else', async () => {
  const { makerDesk, maker, segments, segmentOrgPaths } = harness;
  const byHand = { field: 'attributes.age', op: 'gte', value: 18 };
  segments.set('mine-segment', byHand);
  const mine = order('honeymoon-waves', { requestId: 'mine', strategyId: 'mine' });
  expect(await reasonOf(makerDesk.draftFromTemplate(mine))).toBe('STRATEGY_EXISTS');
  expect(segments.get('mine-segment')).toEqual(byHand);

  // A first try that left the segment and no more is taken up; the same of another organisation is not.
  const drafted = await makerDesk.draftFromTemplate({ ...mine, requestId: 'left-1', strategyId: 'left' });
  const rule = segments.get(drafted.segmentId)!;
  segments.set('half-segment', rule);
  expect(await reasonOf(makerDesk.draftFromTemplate({ ...mine, requestId: 'half', strategyId: 'half' }))).toBe('done');
  segments.set('other-segment', rule);
  segmentOrgPaths.set('other-segment', 'hq/west');
  const other = { ...mine, requestId: 'other', strategyId: 'other' };
  expect(await reasonOf(makerDesk.draftFromTemplate(other))).toBe('STRATEGY_EXISTS');
  expect(segmentOrgPaths.get('other-segment')).toBe('hq/west');

  const { actionId } = drafted.actions[0]!;
  const taken = actionMessage({ actionId: actionId.replace(/^left/, 'taken') });
  await maker.putAction({ requestId: 'taken', action: taken });
  const refused = { ...mine, requestId: 'taken', strategyId: 'taken' };
  expect(await reasonOf(makerDesk.draftFromTemplate(refused))).toBe('STRATEGY_EXISTS');
  expect(segments.has('taken-segment')).toBe(false);
});

it('leaves a segment alone that is made by hand after it was looked for', async () => {
  const { makerDesk, segments, maker } = harness;
  const byHand = { field: 'attributes.age', op: 'gte', value: 18 };
  const read = jest.spyOn(segments, 'get').mockImplementationOnce(() => {
    segments.set('late-segment', byHand);
    return undefined;
  });
  const late = order('honeymoon-waves', { requestId: 'late', strategyId: 'late' });
  expect(await reasonOf(makerDesk.draftFromTemplate(late))).toBe('STRATEGY_EXISTS');
  read.mockRestore();
  expect(segments.get('late-segment')).toEqual(byHand);
  await expect(maker.getStrategy({ strategyId: 'late', version: 0 })).rejects.toMatchObject({
    reason: 'STRATEGY_NOT_FOUND',
  });
});

it('writes over nothing, asks for a queue of people, and keeps to the organisation', async () => {
  const { makerDesk, service } = harness;
  const again = order('birthday', { requestId: 'again', strategyId: 'waves-east' });
  expect(await reasonOf(makerDesk.draftFromTemplate(again))).toBe('STRATEGY_EXISTS');
  const queueless = order('win-back', { requestId: 'queueless', queue: '' });
  expect(await reasonOf(makerDesk.draftFromTemplate(queueless))).toBe('VALIDATION_FAILED');
  expect(await reasonOf(makerDesk.draftFromTemplate(order('none')))).toBe('TEMPLATE_NOT_FOUND');
  const east = service.client(StrategyDeskServiceService, { id: 'east', orgPath: 'hq/east' });
  expect(await reasonOf(east.draftFromTemplate(order('birthday', { requestId: 'east' })))).toBe('ORG_OUT_OF_SCOPE');
  const checker = service.client(StrategyDeskServiceService, { id: 'only-checker', roles: ['checker'] });
  expect(await reasonOf(checker.draftFromTemplate(order('birthday', { requestId: 'duty' })))).toBe('DUTY_NOT_HELD');
});
