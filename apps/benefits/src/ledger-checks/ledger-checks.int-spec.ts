import { LedgerChecksServiceService, type LedgerCheck } from '@tidegate/contracts/benefits/v1/ledger_checks';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { eventually } from '@tidegate/testing';
import { CODE_STEP_MS } from '../domain/redemption-code';
import { FoldLedgerUseCase } from '../ledger/use-cases/fold-ledger/fold-ledger.use-case';
import { OpenValues } from '../ledger/open-values';
import { LedgerRepository } from '../repositories/ledger.repository';
import { startWallet, tally, type WalletFixture } from '../testing/wallet.fixture';

// Goal: a check finds nothing in a ledger that is right, also while it moves, and names whatever was changed behind its back.

const PATIENT = { timeoutMs: 90_000 };
const HOUR_MS = 3_600_000;

let replicas: [WalletFixture, WalletFixture];
beforeAll(async () => {
  const first = await startWallet();
  replicas = [first, await startWallet({ clock: first.clock, replicaOf: first })];
});
afterAll(async () => {
  for (const { service } of [...(replicas ?? [])].reverse()) await service.stop();
});
afterEach(() => jest.restoreAllMocks());

let sequence = 0;
const checks = (index = 0) => replicas[index]!.service.client(LedgerChecksServiceService);
const rows = (name: string) => replicas[0].service.mongo.connection.collection(name);
const start = async (index = 0): Promise<LedgerCheck> =>
  (await checks(index).startLedgerCheck({ requestId: `check-${(sequence += 1)}` })).check!;
const get = async (checkId: string): Promise<LedgerCheck> => (await checks(1).getLedgerCheck({ checkId })).check!;

/** A check from its start to its end. */
async function finished(index = 0): Promise<LedgerCheck> {
  const { checkId } = await start(index);
  let check: LedgerCheck | undefined;
  await eventually(async () => {
    check = await get(checkId);
    expect(check.state).not.toBe('running');
  }, PATIENT);
  return check!;
}

const sale = (requestId: string, code: string, amountMinor: number) => ({
  requestId,
  code: '',
  items: [{ code, amountMinor }],
  merchantId: 'm-tea',
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor: 5_000,
});

/** A wallet in which something is on its way, something used in part, and somebody has points; the benefit used in part. */
async function fill(): Promise<string> {
  const [{ benefits, claimOne, codeFor, service, clock }] = replicas;
  const [part, gift] = [await claimOne('ann'), await claimOne('cy')];
  await benefits.redeemByCode(sale('part', await codeFor(part, 'ann'), 101));
  await benefits.offerGift({ requestId: 'gift', instanceId: gift, customerId: 'cy' });
  await claimOne('dee', { kind: 'points', currency: 'PTS', faceValueMinor: 50, isTransferable: false });
  const points = () => service.client(PointsServiceService).getPointsBalance({ customerId: 'dee' });
  await eventually(async () => expect((await points()).points).toBe(50), PATIENT);
  clock.advance(CODE_STEP_MS);
  return part;
}

it('finds nothing in a ledger that is right, and whatever was changed behind its back', async () => {
  const [{ service, clock }] = replicas;
  const part = await fill();
  clock.advance(2 * HOUR_MS);
  await eventually(async () => {
    await service.app.get(FoldLedgerUseCase).execute();
    expect(await rows('ledger_checkpoints').countDocuments()).toBeGreaterThan(0);
  }, PATIENT);
  clock.advance(2 * HOUR_MS);
  // Part of a packet is held: not before, for a hold times out.
  const { benefits, claimOne, codeFor } = replicas[0];
  await benefits.holdBenefit(sale('held', await codeFor(await claimOne('bo'), 'bo'), 300));

  const right = await finished();
  expect(right).toMatchObject({ state: 'completed', progressPercent: 100, differenceCount: 0, differences: [] });
  const postings = (await rows('ledger').find().toArray()).flatMap((row) => row.postings as unknown[]);
  expect(right.postingsRead).toBe(postings.length);
  expect(right.accountsCompared).toBeGreaterThan(10);
  expect(right.checkpointAt).toBeInstanceOf(Date);

  // What says how much memory it needs, and how far it is.
  const stored = async (name: string, filter = {}): Promise<number> => (await rows(name).find(filter).toArray()).length;
  expect(await service.app.get(LedgerRepository).count()).toBe(await stored('ledger'));
  const open = { state: { $in: ['issued', 'held', 'gifting'] } };
  const counts = await Promise.all(service.app.get(OpenValues).sources.map((source) => source.count()));
  expect(counts.sort()).toEqual([await stored('instances', open), await stored('points_accounts')].sort());
  expect(Math.min(...counts)).toBeGreaterThan(0);

  // A balance: what Ann has left of her packet.
  await rows('instances').updateOne({ _id: part as never }, { $set: { remainingMinor: 700 } });
  // A posting: what the merchant is owed for it, in a transaction that was folded.
  const redemption = await rows('ledger').findOne({ kind: 'redemption' });
  const changed = (redemption!.postings as { account: string; amountMinor: number }[]).map((posting) =>
    posting.account === 'payable:m-tea' ? { ...posting, amountMinor: 201 } : posting,
  );
  await rows('ledger').updateOne({ _id: redemption!._id }, { $set: { postings: changed } });
  // A checkpoint of an account, and points that nobody earned.
  await rows('points_accounts').updateOne({ _id: 'dee' as never }, { $set: { 'lots.0.points': 51 } });
  const kept = await rows('ledger_account_checkpoints').findOne({ _id: /^budget_bank:hq\|CNY\|/ as never });
  await rows('ledger_account_checkpoints').updateOne({ _id: kept!._id }, { $inc: { debitMinor: 7 } });

  const wrong = await finished(1);
  expect(wrong).toMatchObject({ state: 'completed', differenceCount: wrong.differences.length });
  const debit = { side: 'debit', currency: 'CNY' };
  const sorted = (differences: LedgerCheck['differences']) =>
    [...differences].sort((a, b) => (a.kind + a.subject < b.kind + b.subject ? -1 : 1));
  const transactionId = String(redemption!._id).slice(11);
  const budget = { kind: 'checkpoint', subject: 'budget_bank:hq', ...debit };
  const owed = { kind: 'checkpoint', currency: 'CNY', side: 'credit', ledgerMinor: 201, storedMinor: 101 };
  expect(sorted(wrong.differences)).toEqual([
    { ...budget, ledgerMinor: Number(kept!.debitMinor), storedMinor: Number(kept!.debitMinor) + 7 },
    { ...owed, subject: 'payable' },
    { ...owed, subject: 'payable:m-tea' },
    {
      kind: 'transaction',
      subject: transactionId,
      currency: 'CNY',
      side: '',
      ledgerMinor: 202,
      storedMinor: 302,
    },
    { kind: 'wallet', subject: 'customer:ann', currency: 'CNY', side: '', ledgerMinor: 699, storedMinor: 700 },
    { kind: 'wallet', subject: 'points:dee', currency: 'PTS', side: '', ledgerMinor: 50, storedMinor: 51 },
  ]);

  const page = await checks().listLedgerChecks({ pageSize: 1, pageToken: '' });
  const rest = await checks().listLedgerChecks({ pageSize: 1, pageToken: page.nextPageToken });
  expect([...page.checks, ...rest.checks].map(({ checkId }) => checkId)).toEqual([wrong.checkId, right.checkId]);
  expect(page.checks[0]).toEqual({ ...wrong, differences: [] });

  await rows('instances').updateOne({ _id: part as never }, { $set: { remainingMinor: 699 } });
  await rows('ledger').updateOne({ _id: redemption!._id }, { $set: { postings: redemption!.postings } });
  await rows('points_accounts').updateOne({ _id: 'dee' as never }, { $set: { 'lots.0.points': 50 } });
  await rows('ledger_account_checkpoints').updateOne({ _id: kept!._id }, { $inc: { debitMinor: -7 } });
  expect(await finished()).toMatchObject({ state: 'completed', differenceCount: 0 });
});

it('names a class that the chart does not have, and an account that the wallet does not know', async () => {
  const posting = { amountMinor: 9, currency: 'CNY' };
  const postings = [
    { ...posting, account: 'slush:hq', side: 'debit' },
    { ...posting, account: 'customer:nobody', side: 'credit' },
  ];
  const stray = { _id: '~zzzzzzzzz-stray' as never, kind: 'claim', reference: 'r', postings, postedAt: new Date() };
  await rows('ledger').insertOne(stray);
  const { differences } = await finished();
  expect(differences).toContainEqual(expect.objectContaining({ kind: 'chart', subject: 'slush', ledgerMinor: 9 }));
  expect(differences).toContainEqual(
    expect.objectContaining({ kind: 'wallet', subject: 'customer:nobody', ledgerMinor: 9, storedMinor: 0 }),
  );
  await rows('ledger').deleteOne({ _id: stray._id });
});

it('calls nothing a difference that moved while it read', async () => {
  const [{ service, claimOne, benefits }, other] = replicas;
  const moving = await claimOne('fay');
  // The ledger is read before the claim and the transfer, and the wallet after them.
  for (const { app } of [service, other.service]) {
    const ledger = app.get(LedgerRepository);
    const read = ledger.streamAll.bind(ledger);
    jest.spyOn(ledger, 'streamAll').mockImplementation(async function* () {
      yield* read();
      const requestId = `moved-${(sequence += 1)}`;
      await claimOne(requestId);
      await benefits.transferBenefit({ requestId, instanceId: moving, customerId: 'fay', toCustomerId: 'gil' });
    });
  }
  expect(await finished()).toMatchObject({ state: 'completed', differences: [] });
});

it('runs one at a time, tells a repeat the first answer, and can be stopped', async () => {
  let goOn: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  for (const { service } of replicas) {
    const ledger = service.app.get(LedgerRepository);
    const read = ledger.streamAll.bind(ledger);
    jest.spyOn(ledger, 'streamAll').mockImplementation(async function* () {
      await waiting;
      yield* read();
    });
  }
  const outcomes = await tally(Array.from({ length: 12 }, (_, index) => start(index % 2)));
  expect(outcomes).toEqual({ done: 1, LEDGER_CHECK_RUNNING: 11 });
  const [{ checkId } = { checkId: '' }] = (await checks().listLedgerChecks({ pageSize: 1, pageToken: '' })).checks;
  const cancelled = await checks(1).cancelLedgerCheck({ checkId });
  expect(cancelled.check?.state).toBe('cancelled');
  expect(await checks().cancelLedgerCheck({ checkId })).toEqual(cancelled);
  goOn();
  const after = await finished(1);
  expect(after.state).toBe('completed');
  expect(await get(checkId)).toEqual(cancelled.check);
  const repeat = { requestId: 'check-again' };
  const { check } = await checks().startLedgerCheck(repeat);
  expect((await checks(1).startLedgerCheck(repeat)).check?.checkId).toBe(check?.checkId);
  await eventually(async () => expect((await get(check!.checkId)).state).toBe('completed'), PATIENT);
  const late = checks().cancelLedgerCheck({ checkId: check!.checkId });
  await expect(late).rejects.toMatchObject({ reason: 'LEDGER_CHECK_FINISHED' });
});

it('is the head office’s alone', async () => {
  const branch = { id: 'east', roles: ['admin'], orgPath: 'hq/east' };
  const east = replicas[0].service.client(LedgerChecksServiceService, { kind: 'staff', ...branch });
  const calls = [
    east.startLedgerCheck({ requestId: 'east' }),
    east.getLedgerCheck({ checkId: 'x' }),
    east.listLedgerChecks({ pageSize: 0, pageToken: '' }),
    east.cancelLedgerCheck({ checkId: 'x' }),
  ];
  expect(await tally(calls)).toEqual({ HEAD_OFFICE_ONLY: 4 });
  expect(
    await tally([checks().getLedgerCheck({ checkId: 'x' }), checks().cancelLedgerCheck({ checkId: 'x' })]),
  ).toEqual({ LEDGER_CHECK_NOT_FOUND: 2 });
  await expect(checks().startLedgerCheck({ requestId: '' })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
