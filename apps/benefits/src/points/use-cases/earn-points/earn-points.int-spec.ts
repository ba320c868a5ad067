import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { PointsServiceService, type CardTransaction } from '@tidegate/contracts/benefits/v1/points';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { OwedRewardWorker } from '../../../granting/owed-reward.worker';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { oweReward } from '../../../granting/domain/owed-reward';
import { PersonRepository } from '../../../repositories/person.repository';
import { aCardTransaction, aPointsRule } from '../../testing/points-rule.factory';
import { SweepExpiredPointsUseCase } from '../sweep-expired-points/sweep-expired-points.use-case';

// Goal: a card transaction earns exactly once, whoever tells it and however often; caps hold over two replicas; points expire.

const clock = new FakeClock();
let first: TestService;
let second: TestService;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  await define({}, 'card-points');
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

const points = (service = first) => service.client(PointsServiceService);

/** Makes and approves a rule; returns when both replicas know it. */
async function define(terms: Parameters<typeof aPointsRule>[0], definitionId: string): Promise<void> {
  const rule = aPointsRule(terms, { definitionId });
  await points().createPointsRule({ requestId: `create-${definitionId}`, rule });
  const checker = first.client(PointsServiceService, { id: 'checker' });
  await checker.movePointsRule({ requestId: `approve-${definitionId}`, definitionId, move: 'approve' });
  for (const service of [first, second]) {
    const currency = terms?.currency ?? 'CNY';
    await eventually(async () => {
      const probe = aCardTransaction({ customerId: 'probe', transactionId: `${Math.random()}`, currency });
      const { results } = await points(service).earnPoints({ requestId: 'probe', transactions: [probe] });
      expect(results[0]?.entry?.awards.map(({ ruleId }) => ruleId)).toContain(definitionId);
    });
  }
}
const earn = (transactions: CardTransaction[], service = first) =>
  points(service).earnPoints({ requestId: 'earn', transactions });
const balanceOf = async (customerId: string): Promise<number> =>
  (await points().getPointsBalance({ customerId })).points;
const ledgerBalanceOf = async (customerId: string): Promise<number> => {
  const request = { account: `points:${customerId}`, currency: 'PTS', at: undefined };
  const { balance } = await first.client(BenefitsServiceService).getAccountBalance(request);
  return balance!.creditMinor - balance!.debitMinor;
};

it('earns once for a transaction told by rpc on two replicas and as a fact', async () => {
  const transaction = aCardTransaction({ customerId: 'once', transactionId: 'bank/1' });
  const answers = await Promise.all(
    [first, second, first, second].map((service) => earn([transaction, transaction], service)),
  );
  const data = { amountMinor: 8_880, currency: 'CNY', operation: 'card_payment', channel: 'pos' };
  const fact = (factId: string): FactRecorded =>
    FactRecorded.fromPartial({
      factId,
      factType: 'transaction',
      customerId: 'once',
      data,
      occurredAt: transaction.occurredAt,
    });
  await first.publish(FactRecorded, 'once', [fact('bank/1'), fact('bank/2'), fact('bank/2')]);

  const results = answers.flatMap((answer) => answer.results);
  expect(results.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
  expect(new Set(results.map(({ entry }) => entry?.entryId)).size).toBe(1);
  await eventually(async () => expect(await balanceOf('once')).toBe(176));
  expect(await ledgerBalanceOf('once')).toBe(176);
  const { entries } = await points().listPointsEntries({ customerId: 'once', pageSize: 0, pageToken: '' });
  expect(entries.map(({ reference }) => reference).sort()).toEqual(['bank/1', 'bank/2']);
});

it('tells a reused id from a repeat, without harm to its neighbours', async () => {
  const transaction = aCardTransaction({ customerId: 'reused' });
  await earn([transaction]);
  const { results } = await earn([
    { ...transaction, amountMinor: 1 },
    aCardTransaction({ customerId: 'reused', transactionId: 'transaction-2' }),
  ]);
  expect(results.map(({ reason, entry }) => [reason, entry?.points])).toEqual([
    ['TRANSACTION_ID_REUSED', undefined],
    ['', 88],
  ]);
});

it('holds a daily cap over two replicas under concurrency', async () => {
  await define({ currency: 'EUR', pointsMaxPerDay: 500 }, 'capped');
  const told = Array.from({ length: 60 }, (_, index) =>
    earn(
      [aCardTransaction({ customerId: 'capped', transactionId: `capped-${index}`, currency: 'EUR' })],
      index % 2 ? first : second,
    ),
  );
  await Promise.all(told);
  expect(await balanceOf('capped')).toBe(500);
  expect(await ledgerBalanceOf('capped')).toBe(500);
});

it('pages the history, and keeps it and the balance to their owner', async () => {
  const transactions = Array.from({ length: 5 }, (_, index) =>
    aCardTransaction({ customerId: 'paged', transactionId: `paged-${index}` }),
  );
  await earn(transactions);
  const own = first.client(PointsServiceService, { kind: 'customer', id: 'paged' });
  const seen: string[] = [];
  let pageToken = '';
  do {
    const page = await own.listPointsEntries({ customerId: 'paged', pageSize: 2, pageToken });
    seen.push(...page.entries.map(({ reference }) => reference));
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(seen.sort()).toEqual(transactions.map(({ transactionId }) => transactionId));
  for (const refused of [
    own.getPointsBalance({ customerId: 'other' }),
    own.listPointsEntries({ customerId: 'other', pageSize: 0, pageToken: '' }),
  ]) {
    await expect(refused).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  }
});

it('grants rewards in points once, and takes points out when they expire', async () => {
  const reward = { kind: 'points' as const, points: 30, validMonths: 1, orgPath: 'hq', timeZone: 'Asia/Shanghai' };
  const owed = oweReward(
    { rewardId: 'r-1', customerId: 'rewarded', reward, cause: 'test', reference: 'test' },
    clock.now(),
  );
  await first.mongo.transaction((tx) => first.app.get(OwedRewardRepository).addMany([owed], tx));
  await Promise.all([first, second].map((service) => service.app.get(OwedRewardWorker).runOnce()));
  await eventually(async () => expect(await balanceOf('rewarded')).toBe(30));

  await earn([aCardTransaction({ customerId: 'rewarded', transactionId: 'rewarded-1' })]);
  const before = clock.now();
  clock.set(new Date('2026-04-30T16:00:00Z'));
  expect(await balanceOf('rewarded')).toBe(88);
  await Promise.all([first, second].map((service) => service.app.get(SweepExpiredPointsUseCase).execute()));
  expect(await ledgerBalanceOf('rewarded')).toBe(88);
  const { entries } = await points().listPointsEntries({ customerId: 'rewarded', pageSize: 0, pageToken: '' });
  expect(entries.map(({ kind, points: moved }) => [kind, moved])).toEqual(
    expect.arrayContaining([
      ['expire', -30],
      ['reward', 30],
      ['earn', 88],
    ]),
  );
  expect((await first.client(BenefitsServiceService).getTrialBalance({ at: undefined })).trialBalanceMinor).toBe(0);
  clock.set(before);
});

it('counts the caps of a person over all profiles, with what was earned before they were joined, on two replicas', async () => {
  await define({ currency: 'JPY', pointsMaxPerDay: 200, pointsMaxPerMonth: 0 }, 'person-capped');
  const pay = (customerId: string, transactionId: string, service = first) =>
    earn([aCardTransaction({ customerId, transactionId, currency: 'JPY' })], service);
  const link = (customerId: string, personId: string) =>
    first.client(BenefitsServiceService).linkPerson({ requestId: `${customerId}-${personId}`, customerId, personId });
  const profiles = ['pia', 'pia-too', 'pia-three'];
  await pay('pia-too', 'before');
  for (const customerId of profiles) await link(customerId, 'one');
  await Promise.all(
    profiles.flatMap((each) => [first, second].map((service, index) => pay(each, `${each}-${index}`, service))),
  );
  const earned = await Promise.all(profiles.map(balanceOf));
  expect(earned.reduce((sum, each) => sum + each, 0)).toBe(200);
  expect(earned[1]).toBeGreaterThanOrEqual(88);
  // Apart again, each counts what it earned itself.
  await link('pia', 'pia-alone');
  await pay('pia', 'alone');
  expect(await balanceOf('pia')).toBe(earned[0]! + Math.min(88, 200 - earned[0]!));
});

it('holds the cap of two profiles that are joined, one of which earns, while the other is being booked', async () => {
  await define({ currency: 'GBP', pointsMaxPerDay: 100, pointsMaxPerMonth: 0 }, 'joined-meanwhile');
  const pay = (customerId: string, service: TestService) =>
    earn([aCardTransaction({ customerId, transactionId: `${customerId}-1`, currency: 'GBP' })], service);
  const link = (customerId: string) =>
    first.client(BenefitsServiceService).linkPerson({ requestId: customerId, customerId, personId: 'joined' });
  const persons = first.app.get(PersonRepository);
  const find = persons.find.bind(persons);
  const reading = jest.spyOn(persons, 'find').mockImplementationOnce(async (...asked) => {
    const found = await find(...asked);
    reading.mockRestore();
    for (const customerId of ['jo', 'jo-too']) await link(customerId);
    await pay('jo-too', second);
    return found;
  });
  await pay('jo', first);
  expect((await balanceOf('jo')) + (await balanceOf('jo-too'))).toBe(100);
});

it('refuses rules that make no sense, from outside the organisation, or approved by their maker', async () => {
  const rule = aPointsRule({ stepAmountMinor: 0 }, { definitionId: 'bad' });
  await expect(points().createPointsRule({ requestId: 'bad', rule })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'rule.terms.stepAmountMinor' }],
  });
  const sound = aPointsRule({}, { definitionId: 'sound', orgPath: 'hq/branch' });
  const elsewhere = first.client(PointsServiceService, { orgPath: 'hq/other' });
  await expect(elsewhere.createPointsRule({ requestId: 'sound', rule: sound })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  await points().createPointsRule({ requestId: 'sound', rule: sound });
  await expect(points().createPointsRule({ requestId: 'again', rule: sound })).rejects.toMatchObject({
    reason: 'DEFINITION_EXISTS',
  });
  const approve = { requestId: 'approve-sound', definitionId: 'sound', move: 'approve' };
  await expect(points().movePointsRule({ ...approve, definitionId: 'none' })).rejects.toMatchObject({
    reason: 'DEFINITION_NOT_FOUND',
  });
  await expect(points().movePointsRule(approve)).rejects.toMatchObject({ reason: 'APPROVER_IS_MAKER' });
  expect((await elsewhere.listPointsRules({ pageSize: 0, pageToken: '' })).rules).toEqual([]);
});
