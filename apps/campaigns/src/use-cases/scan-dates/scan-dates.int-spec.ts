import type { MomentRule } from '@tidegate/contracts/campaigns/v1/campaigns';
import { MomentDetected } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { CheckCountsRequest, CheckCountsResponse, Customer } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually, FakeClock, type TestService } from '@tidegate/testing';
import { MomentRuleCatalogue } from '../../moments/moment-rule-catalogue';
import {
  actionMessage,
  customerMessage,
  momentRuleMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';
import { ScanDatesUseCase } from './scan-dates.use-case';

// Goal: each (rule, customer, date) fires once ever, on the bank's day, however often and by whomever it is looked for.

const clock = new FakeClock();
let harness: Harness;
let replica: TestService;
let told: MomentDetected[];
let stopListening: () => void;

beforeAll(async () => {
  const checkCounts = ({ questions }: CheckCountsRequest): Promise<CheckCountsResponse> =>
    Promise.resolve({ answers: questions.map(({ customerId }) => ({ holds: [customerId.startsWith('often')] })) });
  harness = await startCampaigns({ clock, customers: { checkCounts } });
  replica = await harness.replica();
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
  stopListening = harness.service.bus.listen(MomentDetected, ({ data }) => told.push(data));
});
afterAll(async () => {
  stopListening?.();
  await harness?.stop();
});
beforeEach(() => {
  told = [];
});

const live = async (strategyId: string, rule: Partial<MomentRule>): Promise<void> => {
  const momentRules = [momentRuleMessage({ kind: 'date_relative', factType: '', condition: undefined, ...rule })];
  await publish(harness, strategyMessage({ strategyId, segmentId: '', momentRules }));
  await Promise.all([harness.service, replica].map((each) => each.app.get(MomentRuleCatalogue).refresh()));
};
const know = async (customers: Customer[]): Promise<void> => {
  await harness.service.publish(
    CustomerChanged,
    'c',
    customers.map((customer) => ({ customer })),
  );
  const copies = harness.service.mongo.connection.collection<{ _id: string; version: number }>('customer_facts');
  await eventually(async () => {
    for (const { customerId, version } of customers) {
      expect((await copies.findOne({ _id: customerId }))?.version).toBeGreaterThanOrEqual(version);
    }
  });
};
const scan = (at: string, by: TestService = harness.service): Promise<number> =>
  by.app.get(ScanDatesUseCase).execute({ now: new Date(at) });
const toldOf = (ruleId: string): string[] =>
  told
    .filter((moment) => moment.ruleId === ruleId)
    .map(({ customerId }) => customerId)
    .sort();

it('fires seven days before a maturity, once, on the bank’s day', async () => {
  const maturing = (id: string, maturityAt: unknown) => customerMessage(id, { attributes: { maturityAt } });
  await know([
    maturing('m1', Date.parse('2026-07-08T00:00:00Z')),
    maturing('m2', '2026-07-08'),
    maturing('m3', '2026-07-09'),
    maturing('m4', Date.parse('2026-07-08T20:00:00Z')),
    maturing('m5', 'soon'),
  ]);
  await live('maturity', { ruleId: 'maturity', dateField: 'attributes.maturityAt', offsetDays: -7 });
  // 1 July in Shanghai begins at 16:00 the day before in UTC.
  expect(await scan('2026-06-30T15:59:59Z')).toBe(0);
  const counts = await Promise.all([
    scan('2026-06-30T16:00:00Z'),
    scan('2026-06-30T16:00:00Z', replica),
    scan('2026-07-01T03:00:00Z'),
    scan('2026-07-01T03:00:00Z', replica),
  ]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(await scan('2026-07-01T10:00:00Z')).toBe(0);
  // One who becomes known during the day is found the same day.
  await know([maturing('m6', '2026-07-08')]);
  expect(await scan('2026-07-01T11:00:00Z')).toBe(1);
  await eventually(() => expect(toldOf('maturity')).toEqual(['m1', 'm2', 'm6']));
  const moment = told.find(({ customerId }) => customerId === 'm2');
  expect(moment).toMatchObject({
    factId: 'date/attributes.maturityAt/2026-07-08',
    factData: { field: 'attributes.maturityAt', date: '2026-07-08', day: '2026-07-08' },
    actionIds: ['deposit'],
  });
  expect(await scan('2026-07-02T03:00:00Z')).toBe(2);
});

it('asks for past events before a date fires', async () => {
  const renewing = (id: string) =>
    customerMessage(id, { attributes: { renewsAt: '2026-09-01', isActive: id !== 'often-off' } });
  await know(['often-on', 'often-off', 'seldom'].map(renewing));
  const logins = { events: { type: 'login', windowDays: 30, count: { op: 'gte', value: 3 } } };
  const condition = { all: [{ field: 'attributes.isActive', op: 'eq', value: true }, logins] };
  await live('renewing', { ruleId: 'renewing', dateField: 'attributes.renewsAt', condition });
  expect(await scan('2026-09-01T03:00:00Z')).toBe(1);
  await eventually(() => expect(toldOf('renewing')).toEqual(['often-on']));
});

it('fires on birthdays each year, for 29 February on 1 March of a common year', async () => {
  const born = (id: string, date: string) => customerMessage(id, { birthDate: new Date(`${date}T00:00:00Z`) });
  await know([born('b1', '1980-03-01'), born('b2', '2000-02-29'), born('b3', '1990-03-02'), born('b4', '2027-03-01')]);
  await live('birthday', { ruleId: 'birthday', dateField: 'birth_date', isYearly: true });
  expect(await scan('2027-03-01T04:00:00Z')).toBe(2);
  expect(await scan('2027-03-01T05:00:00Z', replica)).toBe(0);
  expect(await scan('2028-02-29T04:00:00Z')).toBe(1);
  expect(await scan('2028-03-01T04:00:00Z')).toBe(2);
  await eventually(() => expect(toldOf('birthday')).toEqual(['b1', 'b1', 'b2', 'b2', 'b4']));
  const birthdays = told.filter(({ ruleId }) => ruleId === 'birthday');
  expect(new Set(birthdays.map(({ momentId }) => momentId)).size).toBe(5);
});

it('makes up for days without a scan, and asks the customer as it is now', async () => {
  const opened = (id: string, day: string, version: number, balance: number) =>
    customerMessage(id, { version, attributes: { openedAt: day, balance } });
  await know([
    opened('o1', '2029-01-02', 1, 10),
    opened('o2', '2029-01-03', 1, 10),
    opened('o3', '2029-01-03', 1, 0),
    opened('o4', '2028-12-25', 1, 10),
  ]);
  const condition = { field: 'attributes.balance', op: 'gt', value: 0 };
  await live('opened', { ruleId: 'opened', dateField: 'attributes.openedAt', offsetDays: 1, condition });
  expect(await scan('2029-01-01T04:00:00Z')).toBe(0);
  // Nobody looked on the 3rd and the 4th; by then one had moved its date.
  await know([opened('o1', '2029-03-03', 2, 10)]);
  expect(await scan('2029-01-05T04:00:00Z')).toBe(1);
  await eventually(() => expect(toldOf('opened')).toEqual(['o2']));
});

it('looks through more customers than one page', async () => {
  const crowd = Array.from({ length: 1_200 }, (_, i) =>
    customerMessage(`p${String(i).padStart(4, '0')}`, { attributes: { renewalAt: '2030-05-05' } }),
  );
  await know(crowd);
  await live('renewal', { ruleId: 'renewal', dateField: 'attributes.renewalAt', cooldownDays: 30 });
  expect(await scan('2030-05-05T04:00:00Z')).toBe(1_200);
  expect(await scan('2030-05-05T04:01:00Z')).toBe(0);
});
