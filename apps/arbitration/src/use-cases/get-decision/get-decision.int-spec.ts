import { EngagementServiceService } from '@tidegate/contracts/arbitration/v1/engagement';
import type { CandidateResult, PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture, type CustomerDraft } from '../../testing/arbitration.fixture';
import { PushRunner } from '../../testing/push-runner';

// Goal: a stored decision holds all that its reason codes can be followed by, and nothing more of the customer.

let fixture: ArbitrationFixture;
const since = new Date('2026-01-01T00:00:00Z');
const word = (purpose: string, channel: string, isGranted: boolean) => ({
  ...{ purpose, channel, isGranted, changedAt: since },
});
const tag = (name: string, value: string) => ({ tag: name, value, source: 'file', validUntil: undefined });
const ann: CustomerDraft = {
  customerId: 'ann',
  attributes: { income: 50, city: 'Shanghai', timeZone: 'Asia/Tokyo', hobby: 'chess' },
  tags: [tag('staffed', 'yes'), tag('vip', 'gold'), tag('other', 'x')],
  consents: [word('marketing', '*', true), word('marketing', 'sms', false), word('profiling', 'app', false)],
};

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({ staffedTag: 'staffed' });
  const put = (scope: string, key: string, rules: Record<string, unknown>, version = 0) =>
    fixture.first.client(EngagementServiceService).putEngagementPolicy({
      requestId: `${scope}-${key}-${version}`,
      policy: {
        ...{ scope, key, eligibility: undefined, applicability: undefined, suitability: undefined },
        version,
        ...rules,
      },
    });
  await put('group', 'deposits', { eligibility: { field: 'attributes.income', op: 'gte', value: 10 } });
  await put('group', 'deposits', { eligibility: { field: 'attributes.income', op: 'gte', value: 20 } }, 1);
  await put('issue', 'growth', { suitability: { tag: 'vip', value: 'gold' } });
  // Of no action at hand.
  await put('group', 'cards', { eligibility: { field: 'attributes.hobby', op: 'eq', value: 'chess' } });
  await fixture.putCustomers([ann]);
  await fixture.putStrategy('reads', [
    appAction('reads', { issue: 'growth', eligibility: { field: 'attributes.city', op: 'eq', value: 'Shanghai' } }),
  ]);
});
afterAll(() => fixture?.stop());

const decided = async (requestId: string) => {
  const asked = { requestId, customerId: 'ann', channels: ['app'], maxActions: 1, isCommitted: true };
  const { decisions } = await fixture.client().decide({ ...asked, context: { page: 'home' } });
  const { decision } = await fixture.client().getDecision({ decisionId: decisions[0]!.decisionId, language: 'en' });
  return decision!;
};

it('keeps what strategies, issues, groups and the policy read, and by which versions', async () => {
  const decision = await decided('staffed');
  expect(decision.reason).toBe('STAFFED_ONLY');
  expect(decision.inputs).toEqual({
    ...{ stage: 'mature', orgPath: 'hq/east', birthDate: null, rfm: null, hasComplaintHold: false },
    consents: { marketing: { app: true }, profiling: { app: false } },
    attributes: { income: 50, city: 'Shanghai', timeZone: 'Asia/Tokyo' },
    tags: expect.arrayContaining([
      { tag: 'staffed', value: 'yes' },
      { tag: 'vip', value: 'gold' },
    ]),
    event: { page: 'home' },
  });
  expect(decision.inputs?.tags).toHaveLength(2);
  expect(decision.engagementVersions).toEqual([
    { scope: 'issue', key: 'growth', version: 1 },
    { scope: 'group', key: 'deposits', version: 2 },
  ]);
  expect(decision.explanation.at(-1)).toContain('rules of the group deposits of version 2');
});

it('keeps the hold that the rule saw, though the projection does not know it yet', async () => {
  await fixture.client().applyHold({ customerId: 'ann', hasComplaintHold: true, version: 2 });
  const state = await fixture.first.app.get(CustomerStateRepository).find('ann');
  expect(state?.facts?.hasComplaintHold).toBe(false);
  const decision = await decided('held');
  expect(decision.reason).toBe('COMPLAINT_HOLD');
  expect(decision.inputs).toMatchObject({ hasComplaintHold: true });
});

describe('a pushed decision of two hundred candidates', () => {
  const COUNT = 200;
  const tierOf = (index: number): number => index % 3;
  const actions = (prefix: string, count = COUNT) =>
    Array.from({ length: count }, (_, index) =>
      appAction(`${prefix}-${index}`, {
        // Of each three one is for everybody, one for nobody and one does not suit.
        ...(tierOf(index) === 1 && { eligibility: { field: 'attributes.income', op: 'gt', value: 1_000 } }),
        ...(tierOf(index) === 2 && { suitability: { field: 'attributes.city', op: 'eq', value: 'Paris' } }),
        valueMinor: 1_000 - index,
      }),
    );
  const reasonOfPlace = (index: number): string =>
    index === 0 ? 'CHOSEN' : (['OUTRANKED', 'NOT_ELIGIBLE', 'NOT_SUITABLE'][tierOf(index)] ?? '');
  const expected = Array.from({ length: COUNT }, (_, index) => [`wide-${index}`, 7, 'app', reasonOfPlace(index)]);
  const told = (candidates: readonly CandidateResult[] = []) =>
    candidates.map((one) => [one.actionId, one.strategyVersion, one.channel, one.reason]);

  it('answers the reason of each, by id and by customer, also when the strategy has gone on', async () => {
    const run = new PushRunner(fixture);
    const client = fixture.client();
    await fixture.putCustomers([{ ...ann, customerId: 'ben', tags: [tag('vip', 'gold')] }]);
    await fixture.putStrategy('wide', actions('wide'), { version: 7 });
    const pushId = await run.start('wide', ['ben']);
    await run.finished(pushId);
    await fixture.putStrategy('wide', actions('new', 3), { version: 8 });
    const [{ decisionId }] = (await run.decisionsOf(pushId)) as [PushDecision];
    const { decision } = await client.getDecision({ decisionId, language: 'en' });
    expect(told(decision?.candidates)).toEqual(expected);
    expect(decision?.candidates.filter(({ isChosen }) => isChosen).map(({ actionId }) => actionId)).toEqual(['wide-0']);
    expect(decision?.candidates.filter(({ priority }) => priority !== undefined)).toHaveLength(24);
    expect(decision?.explanation.join(' ')).toMatch(/\d+ more were left: it does not suit the customer/);
    const { decisions } = await client.listDecisions({ customerId: 'ben', pageSize: 0, pageToken: '' });
    expect(decisions.map(({ candidates }) => told(candidates))).toEqual([expected]);
  });
});
