import type { Subsidy } from '@tidegate/contracts/merchants/v1/traffic';
import { SubsidyEarned } from '@tidegate/contracts/merchants/v1/merchants_events';
import { refused } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { SettlementSchedule } from '../../settlement.schedule';
import { startSettlement, sum, type SettlementHarness } from '../../testing/settlement.harness';

// Goal: a subsidy that a merchant earned is in the ledger once and paid once, however often it is told.

const PATIENT = { timeoutMs: 45_000 };

let harness: SettlementHarness;
beforeAll(async () => {
  harness = await startSettlement();
});
afterAll(() => harness?.stop());

const aSubsidy = (reference: string, overrides: Partial<Subsidy> = {}): Subsidy => ({
  subsidyId: `visit:c-secret-${reference}`,
  planId: 'spring',
  merchantId: 'noodle-bar',
  storeId: '',
  cause: 'visit',
  reference: `spring|2026-11-02|store|c-secret-${reference}`,
  amountMinor: 50,
  ruleAmountMinor: 50,
  currency: 'CNY',
  businessDate: '2026-11-02',
  earnedAt: harness.clock.now(),
  payer: 'bank',
  orgPath: 'hq/east',
  ...overrides,
});
const tell = (subsidy: Subsidy, messageId: string) =>
  harness.service.publish(SubsidyEarned, subsidy.subsidyId, [{ subsidy }], messageId);
const adjustments = async () =>
  (await harness.settlement().listAdjustments({ merchantId: 'noodle-bar', pageSize: 0, pageToken: '' })).adjustments;

it('posts each subsidy to the ledger once and pays it with the next batch, less what was taken back', async () => {
  const lost = aSubsidy('r-1', { subsidyId: 'reversal:r-1', cause: 'reversal', amountMinor: -20 });
  await tell(aSubsidy('v-1'), 'first');
  await tell(aSubsidy('v-1'), 'first');
  await tell(lost, 'lost');
  await tell(aSubsidy('cut', { amountMinor: 0 }), 'cut');
  await tell(aSubsidy('v-2'), 'second');
  await eventually(async () => {
    await harness.service.app.get(SettlementSchedule).finishPostings();
    expect((await adjustments()).map(({ amountMinor, state }) => [amountMinor, state]).sort()).toEqual([
      [-20, 'posted'],
      [50, 'posted'],
      [50, 'posted'],
    ]);
  }, PATIENT);
  expect(harness.benefits.adjustments.get('subsidy.first-0')).toMatchObject({
    merchantId: 'noodle-bar',
    amountMinor: 50,
    kind: 'subsidy',
    funder: 'bank',
  });
  // Told again after it was posted.
  await tell(aSubsidy('v-1'), 'first');
  await tell(aSubsidy('v-3'), 'third');
  await eventually(async () => expect(await adjustments()).toHaveLength(4), PATIENT);
  await harness.service.app.get(SettlementSchedule).finishPostings();

  harness.clock.advance(24 * 3_600_000);
  harness.giveRedemptions('2026-11-20', 3, ['noodle-bar']);
  const batches = (await harness.run('2026-11-20')).batches.filter(({ currency }) => currency === 'CNY');
  const lines = await harness.linesOf(batches[0]!.batchId);
  const paid = lines.filter(({ kind }) => kind === 'adjustment');
  expect(paid.map(({ amountMinor }) => amountMinor).sort()).toEqual([-20, 50, 50, 50]);
  expect(batches[0]!.amountMinor).toBe(sum(lines));
  expect(JSON.stringify(lines)).not.toContain('c-secret');
  await harness.release(batches);
  expect(harness.benefits.settlements.get(batches[0]!.batchId)?.adjustmentIds.sort()).toEqual([
    'subsidy.first-0',
    'subsidy.lost-0',
    'subsidy.second-0',
    'subsidy.third-0',
  ]);
});

it('is in the batches that a person asks for, posted before they are cut, beside one that the ledger refuses', async () => {
  harness.benefits.beforeAdjust = ({ adjustmentId }) => {
    if (adjustmentId === 'subsidy.bad-0') throw refused('POSTING_REFUSED', 'Not this one.');
  };
  await tell(aSubsidy('v-bad'), 'bad');
  await tell(aSubsidy('v-hand', { amountMinor: 70 }), 'hand');
  const states = async (): Promise<string[]> =>
    (await adjustments()).slice(0, 2).map(({ adjustmentId, state }) => `${adjustmentId} ${state}`);
  await eventually(
    async () => expect((await states()).sort()).toEqual(['subsidy.bad-0 created', 'subsidy.hand-0 created']),
    PATIENT,
  );
  harness.clock.advance(24 * 3_600_000);
  const { batches } = await harness.run('2026-11-23');
  expect(batches).toMatchObject([{ merchantId: 'noodle-bar', amountMinor: 70, correctionCount: 1, state: 'prepared' }]);
  expect((await states()).sort()).toEqual(['subsidy.bad-0 created', 'subsidy.hand-0 posted']);
  await harness.release(batches);
  expect(harness.benefits.settlements.get(batches[0]!.batchId)?.adjustmentIds).toEqual(['subsidy.hand-0']);
});

it('takes what a merchant pays for traffic off what he is owed, and gives back what was reversed', async () => {
  const charged = (reference: string, overrides: Partial<Subsidy> = {}) =>
    aSubsidy(reference, { planId: 'winter', payer: 'merchant', ...overrides });
  await tell(charged('v-4', { amountMinor: 90 }), 'charged');
  await tell(charged('r-9', { subsidyId: 'reversal:r-9', cause: 'reversal', amountMinor: -30 }), 'given-back');
  await eventually(
    async () =>
      expect((await adjustments()).filter(({ kind }) => kind === 'feedback').map((each) => each.amountMinor)).toEqual(
        expect.arrayContaining([-90, 30]),
      ),
    PATIENT,
  );
  harness.clock.advance(24 * 3_600_000);
  harness.giveRedemptions('2026-11-24', 3, ['noodle-bar']);
  const batches = (await harness.run('2026-11-24')).batches.filter(({ currency }) => currency === 'CNY');
  const lines = await harness.linesOf(batches[0]!.batchId);
  expect(
    lines
      .filter(({ note }) => note.startsWith('feedback'))
      .map(({ amountMinor }) => amountMinor)
      .sort(),
  ).toEqual([-90, 30]);
  expect(batches[0]!.amountMinor).toBe(sum(lines));
  expect(harness.benefits.adjustments.get('subsidy.charged-0')).toMatchObject({
    ...{ kind: 'feedback', amountMinor: -90, funder: 'bank', partyId: 'hq/east' },
  });
});

it('is borne by the organisation that gave it, and taken back to it, wherever the merchant belongs meanwhile', async () => {
  await tell(aSubsidy('moved', { orgPath: 'hq/west' }), 'of-west');
  await tell(aSubsidy('moved', { cause: 'reversal', amountMinor: -50, orgPath: 'hq/west' }), 'back-to-west');
  await tell(aSubsidy('moved', { orgPath: 'hq/west', payer: 'merchant' }), 'paid-to-west');
  // Told before it was said whose it is.
  await tell(aSubsidy('moved', { orgPath: '' }), 'untold');
  await eventually(
    async () =>
      expect(
        Object.fromEntries(
          (await adjustments()).slice(0, 4).map(({ adjustmentId, partyId }) => [adjustmentId, partyId]),
        ),
      ).toEqual({
        'subsidy.of-west-0': 'hq/west',
        'subsidy.back-to-west-0': 'hq/west',
        'subsidy.paid-to-west-0': 'hq/west',
        'subsidy.untold-0': 'hq/east',
      }),
    PATIENT,
  );
});
