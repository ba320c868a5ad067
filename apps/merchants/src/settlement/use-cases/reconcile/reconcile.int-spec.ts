import { CHECKER, startSettlement, type SettlementHarness } from '../../testing/settlement.harness';
import { unavailable } from '../../../testing/fake-benefits';
import { persistently } from '@tidegate/testing';
import { DIFFERENCES_MAX } from '../../domain/reconciliation';
import { newRequestId } from '../../../testing/merchants.harness';

// Goal: whatever a merchant's books say, every difference to ours is on somebody's list, and what is put right is in the ledger.

let harness: SettlementHarness;
let batchIds: string[];
beforeAll(async () => {
  harness = await startSettlement();
  harness.giveRedemptions('2026-11-02', 20, ['noodle-bar']);
  harness.giveRedemptions('2026-11-03', 3, ['noodle-bar']);
  batchIds = (await harness.run('2026-11-02')).batches.map(({ batchId }) => batchId);
  await harness.run('2026-11-03');
});
afterAll(() => harness?.stop());
afterEach(() => {
  harness.benefits.beforeAdjust = () => undefined;
});

const NOODLE_BAR = { kind: 'merchant' as const, id: 'noodle-bar', roles: [], orgPath: '' };
const page = { pageSize: 0, pageToken: '' };
const refusal = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const reconcile = (content: string, overrides = {}, actor: Parameters<typeof harness.settlement>[0] = NOODLE_BAR) =>
  harness.settlement(actor).reconcile({
    requestId: newRequestId(),
    merchantId: 'noodle-bar',
    businessDateFrom: '2026-11-02',
    businessDateTo: '2026-11-02',
    fileName: 'books.csv',
    content,
    ...overrides,
  });
const differencesOf = async (reconciliationId: string, overrides = {}) =>
  (
    await harness
      .settlement()
      .listDifferences({ merchantId: '', reconciliationId, state: '', ...page, pageSize: 100, ...overrides })
  ).differences;

/** The merchant's books: our statements with the changes. */
async function booksOf(change: (rows: string[]) => string[] = (rows) => rows): Promise<string> {
  const rows: string[] = [];
  for (const batchId of batchIds) {
    const { content } = await harness.settlement(NOODLE_BAR).getStatementFile({ batchId, format: 'csv' });
    const [, ...lines] = Buffer.from(content).toString('utf8').trim().split('\r\n');
    rows.push(...lines);
  }
  const { content } = await harness.settlement().getStatementFile({ batchId: batchIds[0]!, format: 'csv' });
  return [Buffer.from(content).toString('utf8').split('\r\n')[0], ...change(rows)].join('\r\n');
}

it('matches our own statements, sent back as they are', async () => {
  const { reconciliation } = await reconcile(await booksOf());
  expect(reconciliation).toMatchObject({
    state: 'completed',
    fileLineCount: 20,
    matchedCount: 20,
    differenceCountByKind: {},
    openDifferenceCount: 0,
    createdBy: 'noodle-bar',
  });
});

it('names every difference, on a paged work list', async () => {
  const content = await booksOf((rows) => [
    ...rows.slice(2),
    rows[2]!,
    'of-nobody,redemption,,,,77,0.77,CNY,,',
    '2026-11-03-00001,redemption,,,,101,1.01,CNY,,',
    ...rows.slice(0, 1).map((row) => row.replace(/,(\d+),/, ',1$1,')),
  ]);
  const requestId = newRequestId();
  const { reconciliation } = await reconcile(content, { requestId });
  expect((await reconcile(content, { requestId })).reconciliation).toEqual(reconciliation);
  expect(reconciliation).toMatchObject({
    matchedCount: 18,
    differenceCountByKind: { missing_at_bank: 2, missing_at_merchant: 1, amount_differs: 1, duplicate: 1 },
    openDifferenceCount: 5,
  });
  const { reconciliationId } = reconciliation!;
  const differences = await differencesOf(reconciliationId);
  const of = (kind: string) => differences.filter((difference) => difference.kind === kind);
  expect(
    of('missing_at_bank')
      .map(({ lineId, batchId }) => [lineId, batchId])
      .sort(),
  ).toEqual([
    ['2026-11-03-00001', '2026-11-03.noodle-bar.CNY.1'],
    ['of-nobody', ''],
  ]);
  const [amount] = of('amount_differs');
  expect(Number(amount?.merchantAmountMinor)).not.toBe(amount?.bankAmountMinor);
  expect(of('missing_at_merchant')[0]).toMatchObject({ merchantAmountMinor: undefined, state: 'open', fileLines: [] });
  expect(of('duplicate')[0]?.fileLines).toHaveLength(2);
  const first = await differencesOf(reconciliationId, { pageSize: 3 });
  expect(first).toEqual(differences.slice(0, 3));
});

it('is told its first answer when it comes several times at once or after its list was worked off', async () => {
  const requestId = newRequestId();
  const books = Array.from({ length: 300 }, (_, index) => `nobody-${index},1`);
  const send = () => reconcile(['line_id,amount_minor', ...books].join('\n'), { requestId });
  const answers = await Promise.all(Array.from({ length: 6 }, () => persistently(send)));
  const { reconciliationId, openDifferenceCount } = answers[0]!.reconciliation!;
  expect(answers).toEqual(answers.map(() => answers[0]));
  expect(openDifferenceCount).toBe(320);
  const [difference] = await differencesOf(reconciliationId, { pageSize: 1 });
  const answer = { resolution: 'bank_right', comment: 'not ours', adjustmentId: '' };
  const { differenceId } = difference!;
  await harness.settlement().resolveDifference({ requestId: newRequestId(), differenceId, ...answer });
  expect(await send()).toEqual(answers[0]);
  const stored = harness.service.mongo.connection.collection<{ reconciliationId: string; state: string }>(
    'differences',
  );
  expect(await stored.countDocuments({ reconciliationId, state: 'open' })).toBe(319);
  const { reconciliations } = await harness.settlement(NOODLE_BAR).listReconciliations({ merchantId: '', ...page });
  expect(reconciliations.filter((each) => each.reconciliationId === reconciliationId)).toMatchObject([
    { openDifferenceCount: 319 },
  ]);
});

it('is refused as a whole when more differs than a work list holds', async () => {
  const books = Array.from({ length: DIFFERENCES_MAX }, (_, index) => `nobody-${index},1`);
  const before = (await harness.settlement().listReconciliations({ merchantId: '', ...page })).reconciliations;
  const tooMany = reconcile(['line_id,amount_minor', ...books].join('\n'));
  expect(await refusal(tooMany)).toMatchObject({
    code: 'FAILED_PRECONDITION',
    reason: 'DIFFERENCES_TOO_MANY',
    metadata: { max: String(DIFFERENCES_MAX) },
  });
  expect((await harness.settlement().listReconciliations({ merchantId: '', ...page })).reconciliations).toEqual(before);
});

it('keeps the request ids of merchants apart', async () => {
  const requestId = newRequestId();
  const content = 'line_id,amount_minor\n';
  const tea = { kind: 'merchant' as const, id: 'tea-house', roles: [], orgPath: '' };
  const own = await reconcile(content, { requestId });
  const theirs = await reconcile(content, { requestId, merchantId: 'tea-house' }, tea);
  expect([own, theirs].map(({ reconciliation }) => reconciliation?.merchantId)).toEqual(['noodle-bar', 'tea-house']);
});

it('is resolved by staff with a comment, once, and an adjustment makes it good', async () => {
  const { reconciliation } = await reconcile('line_id,amount_minor\nof-nobody,77\n');
  const { reconciliationId } = reconciliation!;
  const [difference] = (await differencesOf(reconciliationId)).filter(({ kind }) => kind === 'missing_at_bank');
  const { adjustment } = await harness.settlement().createAdjustment({
    requestId: newRequestId(),
    merchantId: 'noodle-bar',
    amountMinor: 77,
    currency: 'CNY',
    funder: 'bank',
    partyId: '',
    comment: 'paper coupon',
  });
  expect(adjustment).toMatchObject({ state: 'posted', partyId: 'hq/east', createdBy: CHECKER.id });
  const resolve = {
    requestId: newRequestId(),
    differenceId: difference!.differenceId,
    resolution: 'merchant_right',
    comment: 'seen in the till roll',
    adjustmentId: adjustment!.adjustmentId,
  };
  const asMerchant = harness.settlement(NOODLE_BAR).resolveDifference(resolve);
  expect(await refusal(asMerchant)).toMatchObject({ reason: 'STAFF_ONLY' });
  for (const [overrides, reason] of [
    [{ comment: '' }, 'VALIDATION_FAILED'],
    [{ resolution: 'shrug' }, 'VALIDATION_FAILED'],
    [{ differenceId: 'none' }, 'DIFFERENCE_NOT_FOUND'],
    [{ adjustmentId: 'none' }, 'ADJUSTMENT_NOT_FOUND'],
  ] as const) {
    expect(await refusal(harness.settlement().resolveDifference({ ...resolve, ...overrides }))).toMatchObject({
      reason,
    });
  }
  const { difference: resolved } = await harness.settlement().resolveDifference(resolve);
  expect(resolved).toMatchObject({ state: 'resolved', resolution: 'merchant_right', resolvedBy: CHECKER.id });
  expect(await harness.settlement().resolveDifference(resolve)).toEqual({ difference: resolved });
  const again = { ...resolve, requestId: newRequestId() };
  expect(await refusal(harness.settlement().resolveDifference(again))).toMatchObject({ reason: 'DIFFERENCE_RESOLVED' });
  const { reconciliations } = await harness
    .settlement()
    .listReconciliations({ merchantId: 'noodle-bar', ...page, pageSize: 1 });
  expect(reconciliations[0]?.openDifferenceCount).toBe(reconciliation!.openDifferenceCount - 1);
  const open = await differencesOf(reconciliationId, { state: 'open' });
  expect(open).not.toContainEqual(expect.objectContaining({ differenceId: difference!.differenceId }));
});

it('pays an adjustment with the next batch, which its maker may not release', async () => {
  const request = {
    requestId: newRequestId(),
    merchantId: 'tea-house',
    amountMinor: 500,
    currency: 'CNY',
    funder: 'merchant',
    partyId: '',
    comment: 'goodwill',
  };
  harness.benefits.beforeAdjust = () => {
    throw unavailable();
  };
  expect(await refusal(harness.settlement().createAdjustment(request))).toMatchObject({ code: 'UNAVAILABLE' });
  harness.benefits.beforeAdjust = () => undefined;
  const { adjustment } = await harness.settlement().createAdjustment(request);
  expect(await harness.settlement().createAdjustment(request)).toEqual({ adjustment });
  const { adjustments } = await harness.settlement().listAdjustments({ merchantId: 'tea-house', ...page });
  expect(adjustments).toEqual([adjustment]);
  harness.clock.advance(24 * 3_600_000);
  const batches = (await harness.run('2026-11-20')).batches.filter(({ merchantId }) => merchantId === 'tea-house');
  expect(batches).toEqual([expect.objectContaining({ amountMinor: 500, correctionCount: 1 })]);
  expect(batches[0]?.makerIds.sort()).toEqual(['staff-preparer', CHECKER.id].sort());
  expect(await refusal(harness.release(batches))).toMatchObject({ reason: 'RELEASER_IS_MAKER' });
  await harness.release(batches, { id: 'third-person' });
  const { adjustmentIds } = harness.benefits.settlements.get(batches[0]!.batchId)!;
  expect(adjustmentIds).toEqual([adjustment!.adjustmentId]);
});

it('refuses bad files, spans, adjustments, and what belongs to others', async () => {
  const cases: [Promise<unknown>, object][] = [
    [reconcile('a,b\n1,2\n'), { reason: 'CSV_INVALID', metadata: { line: '1' } }],
    [reconcile('line_id,amount_minor\nr,x\n'), { reason: 'CSV_INVALID', metadata: { line: '2' } }],
    [reconcile('x', { businessDateTo: '2026-12-24' }), { reason: 'VALIDATION_FAILED' }],
    [reconcile('x', { businessDateTo: '2026-11-01' }), { reason: 'VALIDATION_FAILED' }],
    [reconcile('x', { businessDateFrom: '2026-02-30' }), { reason: 'VALIDATION_FAILED' }],
    [reconcile('x', { merchantId: 'tea-house' }), { reason: 'MERCHANT_OUT_OF_SCOPE' }],
    [reconcile('x', { merchantId: 'nobody' }), { reason: 'MERCHANT_NOT_FOUND' }],
    [reconcile('x', {}, { id: 's', kind: 'staff', orgPath: 'hq/west' }), { reason: 'ORG_OUT_OF_SCOPE' }],
  ];
  const adjust = (overrides: object, actor?: Parameters<typeof harness.settlement>[0]) =>
    harness.settlement(actor).createAdjustment({
      requestId: newRequestId(),
      merchantId: 'noodle-bar',
      amountMinor: 5,
      currency: 'CNY',
      funder: 'bank',
      partyId: '',
      comment: 'c',
      ...overrides,
    });
  cases.push(
    [adjust({ amountMinor: 0 }), { reason: 'VALIDATION_FAILED' }],
    [adjust({ comment: '' }), { reason: 'VALIDATION_FAILED' }],
    [adjust({ funder: 'third_party' }), { reason: 'VALIDATION_FAILED' }],
    [adjust({ merchantId: 'nobody' }), { reason: 'MERCHANT_NOT_FOUND' }],
    [adjust({ funder: 'merchant', partyId: 'tea-house' }), { reason: 'VALIDATION_FAILED' }],
    [adjust({ partyId: 'hq/nowhere' }), { reason: 'ORG_UNIT_NOT_FOUND' }],
    [adjust({ partyId: 'hq/west' }, { id: 's', orgPath: 'hq/east' }), { reason: 'ORG_OUT_OF_SCOPE' }],
    [adjust({ partyId: 'hq' }, { id: 's', orgPath: 'hq/east' }), { reason: 'ORG_OUT_OF_SCOPE' }],
    [adjust({}, NOODLE_BAR), { reason: 'STAFF_ONLY' }],
    [adjust({}, { id: 's', orgPath: 'hq/west' }), { reason: 'ORG_OUT_OF_SCOPE' }],
  );
  for (const [promise, expected] of cases) expect(await refusal(promise)).toMatchObject(expected);
  const tea = { kind: 'merchant' as const, id: 'tea-house', roles: [], orgPath: '' };
  const all = { merchantId: '', reconciliationId: '', state: '' as const, ...page };
  expect((await harness.settlement(tea).listDifferences(all)).differences).toEqual([]);
  expect((await harness.settlement({ id: 's', orgPath: 'hq/west' }).listDifferences(all)).differences).toEqual([]);
  expect(
    (await harness.settlement({ id: 's', orgPath: 'hq/east' }).listDifferences(all)).differences.length,
  ).toBeGreaterThan(0);
});

it('prints the statement for those who may see it', async () => {
  const [batchId] = batchIds;
  const pdf = await harness.settlement(NOODLE_BAR).getStatementFile({ batchId: batchId!, format: 'pdf' });
  expect(pdf.fileName).toBe(`statement-${batchId}.pdf`);
  expect(Buffer.from(pdf.content).toString('latin1', 0, 5)).toBe('%PDF-');
  const spied = harness
    .settlement({ kind: 'merchant', id: 'tea-house' })
    .getStatementFile({ batchId: batchId!, format: 'csv' });
  expect(await refusal(spied)).toMatchObject({ reason: 'BATCH_NOT_FOUND' });
  const unknown = harness.settlement().getStatementFile({ batchId: batchId!, format: 'xls' });
  expect(await refusal(unknown)).toMatchObject({ reason: 'VALIDATION_FAILED' });
});
