import { EngagementServiceService } from '@tidegate/contracts/arbitration/v1/engagement';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { EngagementHolder } from '../../engine/engagement-holder';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: a rule of an issue or group holds for every action below it, on every replica, and is never overwritten blindly.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  await fixture.putStrategy('s', [appAction('loan', { issue: 'growth', group: 'loans' })]);
  await fixture.putCustomers([
    { customerId: 'young', attributes: { age: 17 } },
    { customerId: 'grown', attributes: { age: 40 } },
  ]);
});
afterAll(() => fixture?.stop());

const client = (replica = 0, actor = {}) => fixture.replicas[replica]!.client(EngagementServiceService, actor);
const adult = { field: 'attributes.age', op: 'gte', value: 18 };
const put = (requestId: string, policy: Record<string, unknown>) =>
  client().putEngagementPolicy({
    requestId,
    policy: {
      scope: 'group',
      key: 'loans',
      eligibility: undefined,
      applicability: undefined,
      suitability: undefined,
      version: 0,
      ...policy,
    },
  });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );
const decide = async (customerId: string, replica: number): Promise<string | undefined> => {
  const request = { requestId: '', customerId, channels: ['app'], maxActions: 1, isCommitted: false };
  return (await fixture.client(replica).decide({ ...request, context: undefined })).decisions[0]?.reason;
};

it('holds for the actions of its group on every replica', async () => {
  expect(await decide('young', 0)).toBe('CHOSEN');
  const { policy } = await put('p-1', { eligibility: adult });
  expect(policy).toMatchObject({ scope: 'group', key: 'loans', eligibility: adult, version: 1 });
  expect([await decide('young', 0), await decide('grown', 0)]).toEqual(['NOT_ELIGIBLE', 'CHOSEN']);
  await eventually(() => expect(fixture.replicas[1]!.app.get(EngagementHolder).levels.size).toBe(1));
  expect(await decide('young', 1)).toBe('NOT_ELIGIBLE');
  expect((await client(1).getEngagementPolicy({ scope: 'group', key: 'loans' })).policy).toEqual(policy);
});

it('is replaced by who has read it, answers repeats and refuses what is no rule', async () => {
  expect((await put('p-1', { eligibility: adult })).policy?.version).toBe(1);
  expect(await reasonOf(put('p-1', {}))).toBe('REQUEST_ID_REUSED');
  expect(await reasonOf(put('p-2', { eligibility: adult }))).toBe('VERSION_CONFLICT');
  expect(await reasonOf(put('p-3', { key: 'none', version: 4 }))).toBe('ENGAGEMENT_POLICY_NOT_FOUND');
  expect(await reasonOf(put('p-4', { version: 1, suitability: { field: 'nonsense' } }))).toBe('RULE_INVALID');
  expect(await reasonOf(put('p-5', { version: 1, suitability: { segment: 'vip' } }))).toBe('VALIDATION_FAILED');
  expect(await reasonOf(put('p-6', { scope: 'planet' }))).toBe('VALIDATION_FAILED');
  const branch = { kind: 'staff' as const, roles: ['admin'], orgPath: 'hq/east' };
  const denied = client(0, branch).putEngagementPolicy({ requestId: 'p-7', policy: undefined });
  expect(await reasonOf(denied)).toBe('HEAD_OFFICE_ONLY');
});

it('is listed with all others, page by page', async () => {
  await put('p-8', { scope: 'issue', key: 'growth', eligibility: adult });
  const page = await client().listEngagementPolicies({ pageSize: 1, pageToken: '' });
  const next = await client().listEngagementPolicies({ pageSize: 1, pageToken: page.nextPageToken });
  const end = await client().listEngagementPolicies({ pageSize: 1, pageToken: next.nextPageToken });
  expect([...page.policies, ...next.policies].map(({ key }) => key)).toEqual(['loans', 'growth']);
  expect([end.policies, end.nextPageToken]).toEqual([[], '']);
});
