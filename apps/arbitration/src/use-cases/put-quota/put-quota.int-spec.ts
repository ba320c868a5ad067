import type { Quota } from '@tidegate/contracts/arbitration/v1/quotas';
import type { DomainError } from '@tidegate/errors';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { SettleDueDecisionsUseCase } from '../settle-due-decisions/settle-due-decisions.use-case';

// Goal: what strategies share is never given twice, and what is given back can be given again.

let fixture: ArbitrationFixture;

const CUSTOMERS = Array.from({ length: 60 }, (_, i) => `q-${i}`);
const LIMIT = 100;

const quota = (overrides: Partial<Quota>): Quota => ({
  quotaId: 'budget',
  name: 'Spring budget',
  kind: 'budget',
  limitAmount: LIMIT,
  currency: 'CNY',
  period: 'total',
  orgPath: 'hq',
  version: 0,
  reservedAmount: 0,
  usedAmount: 0,
  periodKey: '',
  updatedAt: undefined,
  ...overrides,
});

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putCustomers(CUSTOMERS.map((customerId) => ({ customerId })));
  await fixture.putPolicy({ reservationTtlSeconds: 3_600 });
  await fixture.quotas().putQuota({ requestId: 'budget', quota: quota({}) });
  const uses = (amount: number) => [{ quotaId: 'budget', actionIds: [], channels: [], amount }];
  await fixture.putStrategy('one', [appAction('one', { valueMinor: 200 })], { quotaUses: uses(7) });
  await fixture.putStrategy('two', [appAction('two')], { quotaUses: uses(3) });
});
afterAll(() => fixture?.stop());

const budget = async (): Promise<Quota> => (await fixture.quotas().getQuota({ quotaId: 'budget' })).quota!;
const decide = async (customerId: string, replica: number) => {
  const request = { customerId, channels: ['app'], maxActions: 1, isCommitted: true, context: {} };
  const { decisions } = await fixture.client(replica).decide({ requestId: `d-${customerId}`, ...request });
  return decisions[0]!;
};

it('is exact over two strategies and two replicas, and freed by what does not happen', async () => {
  const decisions = await Promise.all(CUSTOMERS.map((customerId, i) => decide(customerId, i % 2)));
  const taken = decisions.reduce((sum, { actionId }) => sum + (actionId === 'one' ? 7 : actionId === 'two' ? 3 : 0), 0);
  expect(taken).toBeGreaterThan(LIMIT - 3);
  expect(taken).toBeLessThanOrEqual(LIMIT);
  expect(await budget()).toMatchObject({ reservedAmount: taken, usedAmount: 0 });
  expect(decisions.filter(({ actionId }) => actionId === '').map(({ reason }) => reason)).toContain('QUOTA_EXHAUSTED');

  const [shown, dropped, ...rest] = decisions.filter(({ actionId }) => actionId === 'one');
  const outcome = (decisionId: string, name: string) =>
    fixture
      .client()
      .recordOutcome({ requestId: `${name}-${decisionId}`, decisionId, outcome: name, occurredAt: undefined });
  await outcome(shown!.decisionId, 'shown');
  await outcome(shown!.decisionId, 'clicked');
  await outcome(dropped!.decisionId, 'released');
  expect(await budget()).toMatchObject({ reservedAmount: taken - 14, usedAmount: 7 });

  fixture.clock.advance(3_600_000 + 1_000);
  await fixture.first.app.get(SettleDueDecisionsUseCase).execute();
  expect(await budget()).toMatchObject({ reservedAmount: 0, usedAmount: 7 });
  // Word that comes late: the contact was made all the same.
  await outcome(rest[0]!.decisionId, 'shown');
  expect(await budget()).toMatchObject({ reservedAmount: 0, usedAmount: 14 });
});

it('keeps its terms by version, and to its organisation', async () => {
  const quotas = fixture.quotas();
  const east = fixture.quotas(0, { orgPath: 'hq/east' });
  const own = quota({ quotaId: 'gifts', kind: 'material', currency: '', period: 'day', orgPath: 'hq/east' });
  const put = { requestId: 'gifts', quota: own };
  const first = await east.putQuota(put);
  expect(first.quota).toMatchObject({ version: 1, periodKey: '2026-03-02' });
  expect(await east.putQuota(put)).toEqual(first);
  const reasonOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: DomainError) => error.reason,
    );
  expect(await reasonOf(east.putQuota({ requestId: 'x', quota: own }))).toBe('VERSION_CONFLICT');
  expect(await reasonOf(east.putQuota({ requestId: 'y', quota: quota({ quotaId: 'z' }) }))).toBe('ORG_OUT_OF_SCOPE');
  expect(await reasonOf(quotas.putQuota({ requestId: 'w', quota: quota({ quotaId: 'z', currency: '' }) }))).toBe(
    'VALIDATION_FAILED',
  );
  expect(await reasonOf(fixture.quotas(0, { orgPath: 'hq/west' }).getQuota({ quotaId: 'gifts' }))).toBe(
    'ORG_OUT_OF_SCOPE',
  );
  // The head office's is for the branch to use.
  expect((await east.getQuota({ quotaId: 'budget' })).quota?.quotaId).toBe('budget');
  expect(await reasonOf(quotas.getQuota({ quotaId: 'gone' }))).toBe('QUOTA_NOT_FOUND');
  const listed = await east.listQuotas({ pageSize: 10, pageToken: '' });
  expect(listed.quotas.map(({ quotaId }) => quotaId)).toEqual(['gifts']);
  const page = await quotas.listQuotas({ pageSize: 1, pageToken: '' });
  const rest = await quotas.listQuotas({ pageSize: 1, pageToken: page.nextPageToken });
  expect([...page.quotas, ...rest.quotas].map(({ quotaId }) => quotaId)).toEqual(['budget', 'gifts']);
});

it('is of any unit, however long its path', async () => {
  const orgPath = Array.from({ length: 4 }, () => 'u'.repeat(63)).join('/');
  const deep = fixture.quotas(0, { orgPath });
  const { quota: put } = await deep.putQuota({ requestId: 'deep', quota: quota({ quotaId: 'deep', orgPath }) });
  expect(put).toMatchObject({ quotaId: 'deep', orgPath });
});
