import type { NameListMember } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { NameListAdjustment, NameListError, NameListSplit } from '@tidegate/contracts/campaigns/v1/name_lists';
import type { PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { readAll, type HttpCaller } from './testing/http-caller';
import { letDaysPass } from './testing/passing-days';
import type { DecisionView, NameListView, PushView } from './testing/views';

// Goal: a name list is worked by the 5×5 method: filtered, matched, judged, dispatched and adjusted, and at every step all can see who and why.

jest.setTimeout(300_000);

const WAIT = { timeoutMs: 100_000 };
const DAYS = 7;
const MAPPING = [
  { column: 'client', target: 'external_id' },
  { column: 'branch', target: 'org_path' },
  { column: 'rm', target: 'owner_id' },
  { column: 'employer', target: 'attributes.employer' },
];
const OWNED = ['a-1', 'a-2', 'a-3'];
const EMPLOYED = ['e-1', 'e-2', 'e-3'];
const OTHERS = ['o-1', 'o-2', 'o-3', 'o-4'];
const EAST = [...OWNED, ...EMPLOYED, ...OTHERS];
const CUSTOMERS = [
  'client;branch;rm;employer',
  ...OWNED.map((name) => `${name};hq/east;ann;`),
  ...EMPLOYED.map((name) => `${name};hq/east;;ACME`),
  ...[...OTHERS, 'c-1'].map((name) => `${name};hq/east;;`),
  ...['w-1', 'w-2'].map((name) => `${name};hq/west;;`),
];
const LISTED = [...EAST, 'c-1', 'n-1', 'w-1', 'w-2'];

type Member = Json<NameListMember>;
type Split = Json<NameListSplit>;

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'leads'];

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let eva: HttpCaller;
let lists: { whole: string; east: string };

const listOf = async (listId: string): Promise<NameListView> =>
  (await admin.get<{ nameList: NameListView }>(`/admin/v1/name-lists/${listId}`)).nameList;
const untilDone = (listId: string, state: string): Promise<NameListView> =>
  eventually(async () => {
    const list = await listOf(listId);
    expect([list.state, list.failureReason, list.job]).toEqual([state, '', undefined]);
    return list;
  }, WAIT);
const membersOf = (listId: string, query = ''): Promise<Member[]> =>
  readAll<Member>(admin, `/admin/v1/name-lists/${listId}/members?pageSize=5${query}`, 'members');
/** The rows of a file, by the names of its columns. */
async function fileOf(path: string): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await eva.get<string>(path)).trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
}
const namesOf = (members: Member[]): string[] => members.map(({ externalId }) => externalId).sort();
async function newList(file: string[], more: object = {}): Promise<string> {
  const body = { strategyId: 'calls', name: 'Week 1', source: 'csv', ...more };
  const { nameList } = await maker.post<{ nameList: NameListView }>('/admin/v1/name-lists', body);
  const path = `/admin/v1/name-lists/${nameList.listId}/content`;
  await maker.put(path, file.join('\n'), { contentType: 'text/csv' });
  return nameList.listId;
}

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  maker = await bank.staff('max', ['maker']);
  eva = await bank.staff('eva', ['maker'], 'hq/east');
  for (const orgPath of ['hq', 'hq/east', 'hq/west'])
    await admin.put('/admin/v1/org-units', { orgPath, name: orgPath });
  const agreed = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'all.csv', CUSTOMERS.join('\n'), agreed, MAPPING);
  await bank.importFile(admin, 'silent.csv', ['client;branch;rm;employer', 'n-1;hq/east;;'].join('\n'), [], MAPPING);
  const complaining = (await bank.customers(admin)).get('c-1')!.customerId;
  await admin.post(`/admin/v1/customers/${complaining}/complaints`, { subject: 'a wrong fee' });
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open });
  await admin.put('/admin/v1/queues/calls', { name: 'Calls', channel: 'remote_bank', orgPath: 'hq' });
  await admin.put('/admin/v1/capacity/calls/week', { units: 100 });
  await maker.put('/admin/v1/scripts/talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  await maker.put('/admin/v1/actions/call', {
    ...{ name: 'Call', issue: 'growth', group: 'deposits', purpose: 'marketing', orgPath: 'hq' },
    ...{ valueMinor: 1, currency: 'CNY' },
    treatments: [{ channel: 'remote_bank', title: 'Call', scriptId: 'talk', queue: 'calls' }],
  });
  const content = { name: 'Calls', orgPath: 'hq', segmentId: 'everybody', actionIds: ['call'] };
  await bank.publishStrategy(maker, await bank.staff('chen', ['checker']), 'calls', content);
});
afterAll(() => bank?.stop());

describe('1 filter 筛名单', () => {
  it('takes a file in, names every line that is no member, and says who is kept off and why', async () => {
    // Built anew until both services have heard of everybody.
    const whole = await eventually(
      async () => {
        const bad = ['ghost,unknown', 'a-1,again', ',nobody', 'too,many,cells'];
        const file = ['external_id,note', ...LISTED.map((name) => `${name},`), ...bad];
        const list = await untilDone(await newList(file, { relationAttributes: ['employer'] }), 'ready');
        expect(list.screenedCountByReason).toEqual({ CONSENT_MISSING: 1, COMPLAINT_HOLD: 1 });
        return list;
      },
      { ...WAIT, everyMs: 500 },
    );
    expect(whole).toMatchObject({ lineCount: LISTED.length + 4, refusedLineCount: 4, memberCount: LISTED.length });
    const { errors } = await maker.get<{ errors: Json<NameListError>[] }>(
      `/admin/v1/name-lists/${whole.listId}/errors`,
    );
    const first = LISTED.length + 2;
    expect(errors.map(({ line, reason }) => `${line} ${reason}`).sort()).toEqual(
      [
        `${first} CUSTOMER_UNKNOWN`,
        `${first + 1} CUSTOMER_REPEATED`,
        `${first + 2} CUSTOMER_MISSING`,
        `${first + 3} COLUMN_COUNT_WRONG`,
      ].sort(),
    );
    expect(namesOf(await membersOf(whole.listId, '&reason=CONSENT_MISSING'))).toEqual(['n-1']);
    expect(namesOf(await membersOf(whole.listId, '&reason=COMPLAINT_HOLD'))).toEqual(['c-1']);
    lists = { whole: whole.listId, east: '' };
  });
});

describe('2, 3 match 关联关系匹配 and judge 意愿和能力', () => {
  it('hands the list down, and splits it by owner, relation and outlet to those who can and will', async () => {
    const shares = [
      { orgPath: 'hq/east', quota: 0 },
      { orgPath: 'hq/west', quota: 1 },
    ];
    await maker.post(`/admin/v1/name-lists/${lists.whole}/hand-down`, { shares });
    await untilDone(lists.whole, 'handed_down');
    const path = `/admin/v1/name-lists?parentListId=${lists.whole}`;
    const { nameLists } = await admin.get<{ nameLists: NameListView[] }>(path);
    const passed = nameLists.map(({ orgPath, passedCount }) => `${orgPath} ${passedCount}`).sort();
    expect(passed).toEqual(['hq/east 10', 'hq/west 1']);
    lists.east = nameLists.find(({ orgPath }) => orgPath === 'hq/east')!.listId;
    const above = await eva.refused('GET', `/admin/v1/name-lists/${lists.whole}`);
    expect([above.status, above.reason]).toEqual([403, 'ORG_OUT_OF_SCOPE']);

    const people = [
      { agentId: 'ann', capacity: 4 },
      { agentId: 'bob', capacity: 4, relations: [{ attribute: 'employer', value: 'ACME' }] },
      { agentId: 'cat', capacity: 10 },
      { agentId: 'dan', capacity: 1 },
    ];
    await eva.put('/admin/v1/teams/east', { name: 'East', orgPath: 'hq/east', people });
    await judge('cat', 1);
    expect(await split({})).toMatchObject({
      placedCountByRelation: { owner: 3, employer: 3, outlet: 3 },
      unplacedCountByReason: { CAPACITY_FULL: 1 },
    });
    const ann = await bank.staff('ann', ['team_leader'], 'hq/east');
    const own = { body: { topic: 'deposits', willingness: 5, ability: 5 } };
    const refusal = await ann.refused('PUT', '/admin/v1/teams/east/people/ann/judgement', own);
    expect(refusal.reason).toBe('SELF_JUDGEMENT');
    await judge('cat', 5);
    expect((await split({ teamQuotas: [{ teamId: 'east', quota: 9 }] })).unplacedCountByReason).toEqual({
      TEAM_QUOTA_EXHAUSTED: 1,
    });
    const { people: placed, ...whole } = await split({ personQuota: 3 });
    expect(whole).toMatchObject({ placedCount: 10, placedCountByRelation: { owner: 3, employer: 3, outlet: 4 } });
    expect(placed.map(({ agentId, placedCount }) => `${agentId} ${placedCount}`).sort()).toEqual([
      ...['ann 3', 'bob 3', 'cat 3', 'dan 1'],
    ]);
    expect(namesOf(await membersOf(lists.east, '&agentId=ann'))).toEqual(OWNED);
    expect(namesOf(await membersOf(lists.east, '&agentId=bob'))).toEqual(EMPLOYED);
  });

  const judge = async (agentId: string, willingness: number): Promise<unknown> => {
    const leader = await bank.staff('lin', ['team_leader'], 'hq/east');
    const judgement = { topic: 'deposits', willingness, ability: 4 };
    return leader.put(`/admin/v1/teams/east/people/${agentId}/judgement`, judgement);
  };
  async function split(limits: object): Promise<Split> {
    const relations = ['owner', 'employer', 'outlet'];
    const rules = { topic: 'deposits', minWillingness: 2, recallAfterDays: DAYS, maxRounds: 2 };
    const plan = { teamIds: ['east'], relations, ...rules, ...limits };
    await eva.post(`/admin/v1/name-lists/${lists.east}/split`, { plan });
    await untilDone(lists.east, 'ready');
    return (await eva.get<{ split: Split }>(`/admin/v1/name-lists/${lists.east}/split`)).split;
  }
});

describe('4 dispatch 任务分发', () => {
  it('pushes whom somebody has, and gives the same out as a file', async () => {
    await eva.post(`/admin/v1/name-lists/${lists.east}/dispatch`, { capacitySlot: 'week' });
    const pushId = await eventually(async () => {
      const list = await listOf(lists.east);
      const { push } = await eva.get<{ push: PushView }>(`/admin/v1/pushes/${list.pushId}`);
      expect(push).toMatchObject({ orgPath: 'hq/east', state: 'completed', memberCount: 10, chosenCount: 10 });
      return list.pushId;
    }, WAIT);
    const pushed = await readAll<Json<PushDecision>>(eva, `/admin/v1/pushes/${pushId}/decisions`, 'decisions');
    const path = `/admin/v1/name-lists/${lists.east}/members.csv`;
    const rows = await fileOf(path);
    const given = rows.filter((row) => row['is_passed'] === 'true');
    expect(given.map((row) => row['customer_id']).sort()).toEqual(pushed.map(({ customerId }) => customerId).sort());
    const members = await membersOf(lists.east);
    expect(rows.map((row) => [row['external_id'], row['agent_id'], row['placed_by'], row['reason']])).toEqual(
      members.map(({ externalId, agentId, placedBy, reason }) => [externalId, agentId, placedBy, reason]),
    );
    expect((await fileOf(`${path}?agentId=ann`)).map((row) => row['external_id']).sort()).toEqual(OWNED);
  });
});

describe('5 adjust 定期任务调整', () => {
  it('finds who was touched, and after so many days gives the others to somebody else, by itself', async () => {
    const touched = (await membersOf(lists.east, '&agentId=ann'))[0]!;
    const { decisions } = await admin.get<{ decisions: DecisionView[] }>(
      `/admin/v1/decisions?customerId=${touched.customerId}`,
    );
    const agent = await bank.staff('ann', ['agent']);
    const [{ decisionId }] = decisions as [DecisionView];
    await agent.post(`/workbench/v1/decisions/${decisionId}/outcomes`, { outcome: 'accepted' });
    // Adjusted again until the answer is heard of.
    const rounds = await eventually(async () => {
      await eva.post(`/admin/v1/name-lists/${lists.east}/adjust`);
      await untilDone(lists.east, 'dispatched');
      const adjustments = await adjustmentsOf();
      expect(sum(adjustments.map(({ touchedCount }) => touchedCount))).toBe(1);
      return adjustments;
    }, WAIT);
    expect(sum(rounds.map(({ recalledCount }) => recalledCount))).toBe(0);

    await letDaysPass(bank.platform, lists.east, DAYS);
    const [last] = await eventually(async () => {
      const adjustments = await adjustmentsOf();
      expect(adjustments.length).toBeGreaterThan(rounds.length);
      return adjustments;
    }, WAIT);
    expect(last).toMatchObject({ round: rounds.length + 1, touchedCount: 0, recalledCount: 9 });
    const members = (await membersOf(lists.east)).filter(({ isPassed }) => isPassed);
    const moved = members.filter(({ recalledFrom }) => recalledFrom.length > 0);
    expect(moved).toHaveLength(9);
    for (const { agentId, recalledFrom } of moved) expect(recalledFrom).not.toContain(agentId);
    const placed = moved.filter(({ agentId }) => agentId !== '');
    expect([placed.length, placed.length > 0]).toEqual([last!.givenCount, true]);
    const kept = members.find(({ customerId }) => customerId === touched.customerId);
    expect(kept).toMatchObject({ agentId: 'ann', recalledFrom: [] });

    const { nameList } = await eva.post<{ nameList: NameListView }>(`/admin/v1/name-lists/${lists.east}/close`);
    expect(nameList.state).toBe('closed');
    const late = await eva.refused('POST', `/admin/v1/name-lists/${lists.east}/adjust`, { body: {} });
    expect([late.status, late.reason]).toEqual([422, 'NAME_LIST_NOT_DISPATCHED']);
  });

  const adjustmentsOf = async (): Promise<Json<NameListAdjustment>[]> =>
    (await eva.get<{ adjustments: Json<NameListAdjustment>[] }>(`/admin/v1/name-lists/${lists.east}/adjustments`))
      .adjustments;
  const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
});

it('shows how far a long build is, and stops it when told to', async () => {
  // Twice as long until it is seen while it is built.
  let lineCount = 20_000;
  const listId = await eventually(async () => {
    lineCount *= 2;
    const id = await newList(['external_id', ...Array.from({ length: lineCount }, (_, i) => `stranger-${i}`)]);
    const building = await eventually(async () => {
      const list = await listOf(id);
      expect(list.lineCount).toBeGreaterThan(0);
      return list;
    }, WAIT);
    expect(building.state).toBe('building');
    expect(building.lineCount).toBeLessThan(lineCount);
    expect((await maker.call('POST', `/admin/v1/name-lists/${id}/cancel`, { body: {} })).status).toBe(200);
    return id;
  }, WAIT);
  expect(await untilDone(listId, 'cancelled')).toMatchObject({ memberCount: 0, passedCount: 0 });
  const over = await maker.refused('POST', `/admin/v1/name-lists/${lists.east}/cancel`, { body: {} });
  expect([over.status, over.reason]).toEqual([422, 'NAME_LIST_FINISHED']);
});
