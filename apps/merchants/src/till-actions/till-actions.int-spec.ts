import { TillActionsServiceService } from '@tidegate/contracts/merchants/v1/till_actions';
import type { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { asMessage } from '../testing/fake-benefits';
import { aMerchant, aRedemption } from '../testing/merchants.factory';
import {
  newRequestId,
  onboard,
  seedMerchant,
  startMerchants,
  type MerchantsHarness,
} from '../testing/merchants.harness';
import { TILL_OUTCOME_MS, TILL_VISIT_MS } from './domain/till-visit';

// Goal: a merchant's till is told what to offer the customer who stands there, and nothing of who that is.

const TILL: Partial<Actor> = { kind: 'merchant', id: 'noodle-bar', roles: [], orgPath: '' };
const OFFER = { actionId: 'dessert', title: 'A dessert?', body: 'Half price today.', benefitStockId: 'dessert-half' };
const NEVER_TOLD = {
  ...OFFER,
  ownerId: 'rm-9',
  teamId: 'east-team',
  orgPath: 'hq/east',
  reason: 'CHOSEN',
  group: 'treated',
};

let harness: MerchantsHarness;
let sequence = 0;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  await onboard(harness, aMerchant({ merchantId: 'tea-house' }));
});
afterAll(() => harness?.stop());
beforeEach(() => {
  harness.arbitration.offers = [NEVER_TOLD];
  harness.arbitration.asked.length = 0;
  harness.arbitration.outcomes.length = 0;
});

const till = (actor: Partial<Actor> = TILL) => harness.clientOf(TillActionsServiceService, actor);
/** Just now, by a customer of his own. */
function redeemed(): string {
  sequence += 1;
  const redemptionId = `r-${sequence}`;
  const redemption = asMessage(aRedemption({ redemptionId, redeemedAt: harness.clock.now() }));
  harness.benefits.redemptions.push({ ...redemption, customerId: `guest-${sequence}` });
  return redemptionId;
}
const ask = (
  redemptionId: string,
  change: Partial<{
    requestId: string;
    maxActions: number;
    isCommitted: boolean;
    holdId: string;
    shown: { code: string; storeId: string; clerkId: string; orderAmountMinor: number };
  }> = {},
) => ({
  ...{ requestId: newRequestId(), merchantId: 'noodle-bar', redemptionId, maxActions: 0, isCommitted: true },
  ...{ holdId: '', shown: undefined },
  ...change,
});
const AT_TILL = { storeId: 'noodle-bar-1', clerkId: 'li-wei', orderAmountMinor: 5_000 };
const outcomeOf = (redemptionId: string, decisionId: string, outcome = 'accepted') => ({
  ...{ requestId: newRequestId(), merchantId: 'noodle-bar', redemptionId, decisionId, outcome },
});
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

it('is told what to offer on its channel, and not to whom', async () => {
  const redemptionId = redeemed();
  const answer = await till().askNextBestActions(ask(redemptionId, { requestId: 'ask-1', maxActions: 2 }));
  const { decisionId } = answer.actions[0]!;
  expect(answer).toEqual({
    actions: [{ decisionId, ...OFFER }],
    askedUntil: new Date(harness.clock.now().getTime() + TILL_VISIT_MS),
  });
  expect(JSON.stringify(answer)).not.toContain(`guest-${sequence}`);
  expect(harness.arbitration.asked).toEqual([
    expect.objectContaining({
      customerId: `guest-${sequence}`,
      channels: ['merchant'],
      maxActions: 2,
      isCommitted: true,
      context: { moment: 'till', merchantId: 'noodle-bar', storeId: 'noodle-bar-1', redemptionId },
    }),
  ]);
});

it('tells a repeat its first answer, also when the visit is over, and refuses its id for anything else', async () => {
  const [redemptionId, another] = [redeemed(), redeemed()];
  const request = ask(redemptionId, { requestId: 'same' });
  const first = await till().askNextBestActions(request);
  harness.arbitration.offers = [];
  harness.clock.advance(TILL_VISIT_MS);
  expect(await till().askNextBestActions(request)).toEqual(first);
  expect(first.actions).toHaveLength(1);
  expect(await reasonOf(till().askNextBestActions({ ...request, requestId: 'new' }))).toBe('TILL_VISIT_OVER');
  const misuse = till().askNextBestActions({ ...request, redemptionId: another });
  expect(await reasonOf(misuse)).toBe('REQUEST_ID_REUSED');
  const tea = till({ ...TILL, id: 'tea-house' }).askNextBestActions({ ...request, merchantId: 'tea-house' });
  expect(await reasonOf(tea)).toBe('REDEMPTION_NOT_FOUND');
  expect(harness.arbitration.asked).toHaveLength(1);
});

it('asks arbitration once for one request that comes several times at once', async () => {
  const request = ask(redeemed());
  const answers = await Promise.all(Array.from({ length: 6 }, () => till().askNextBestActions(request)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(new Set(harness.arbitration.asked.map(({ requestId }) => requestId)).size).toBe(1);
  expect(harness.arbitration.asked[0]!.requestId).not.toBe(request.requestId);
});

it('asks for whoever shows a code that is good there, and tells what came of it', async () => {
  const shown = { code: 'fresh', ...AT_TILL };
  const answer = await till().askNextBestActions(ask('', { shown }));
  // A benefit whose redeem scope names outlets is good here as at the sale.
  expect(harness.benefits.validated.at(-1)).toMatchObject({ code: 'fresh', outletPath: 'hq/east' });
  expect(answer).toMatchObject({ actions: [OFFER], askedUntil: undefined });
  expect(JSON.stringify(answer)).not.toContain('c-1');
  expect(harness.arbitration.asked).toMatchObject([
    { customerId: 'c-1', context: { moment: 'till', merchantId: 'noodle-bar', storeId: AT_TILL.storeId } },
  ]);
  const refusals: [Partial<typeof shown>, string][] = [
    [{ code: 'stale' }, 'CODE_STALE'],
    [{ storeId: 'nowhere' }, 'STORE_NOT_FOUND'],
    [{ clerkId: 'nobody' }, 'CLERK_NOT_FOUND'],
  ];
  for (const [change, reason] of refusals) {
    const wrong = till().askNextBestActions(ask('', { shown: { ...shown, ...change } }));
    expect(await reasonOf(wrong)).toBe(reason);
  }
  const { decisionId } = answer.actions[0]!;
  expect(await till().recordTillOutcome(outcomeOf('', decisionId))).toEqual({ outcomes: ['accepted'] });
  const foreign = { ...outcomeOf('', decisionId), merchantId: 'tea-house' };
  expect(await reasonOf(till({ ...TILL, id: 'tea-house' }).recordTillOutcome(foreign))).toBe('DECISION_NOT_FOUND');
  expect(await reasonOf(till().recordTillOutcome(outcomeOf('', 'none')))).toBe('DECISION_NOT_FOUND');
  harness.clock.advance(TILL_OUTCOME_MS);
  expect(await reasonOf(till().recordTillOutcome(outcomeOf('', decisionId)))).toBe('OUTCOME_TOO_LATE');
});

it('asks for whose benefit is held there, as long as it is', async () => {
  const sale = { merchantId: 'noodle-bar', code: 'fresh', items: [], ...AT_TILL };
  harness.benefits.holds.expiresAt = new Date(harness.clock.now().getTime() + 300_000);
  const hold = async (): Promise<string> =>
    (await harness.client().holdAtStore({ requestId: newRequestId(), ...sale })).holdId;
  const [holdId, voided] = [await hold(), await hold()];
  const request = ask('', { holdId });
  const first = await till().askNextBestActions(request);
  expect(first).toMatchObject({ actions: [OFFER], askedUntil: harness.benefits.holds.expiresAt });
  expect(harness.arbitration.asked).toMatchObject([{ customerId: 'c-1', context: { holdId } }]);
  await harness.client().voidHoldAtStore({ requestId: newRequestId(), holdId: voided, merchantId: 'noodle-bar' });
  expect(await reasonOf(till().askNextBestActions(ask('', { holdId: voided })))).toBe('HOLD_VOIDED');
  expect(await reasonOf(till().askNextBestActions(ask('', { holdId: 'none' })))).toBe('HOLD_NOT_FOUND');
  const tea = till({ ...TILL, id: 'tea-house' }).askNextBestActions({ ...request, merchantId: 'tea-house' });
  expect(await reasonOf(tea)).toBe('HOLD_NOT_FOUND');
  harness.clock.advance(300_000);
  expect(await reasonOf(till().askNextBestActions(ask('', { holdId })))).toBe('HOLD_TIMED_OUT');
  expect(await till().askNextBestActions(request)).toEqual(first);
});

it('previews without a request id', async () => {
  const answer = await till().askNextBestActions(ask(redeemed(), { requestId: '', isCommitted: false }));
  expect(answer.actions).toMatchObject([{ decisionId: '', actionId: 'dessert' }]);
  expect(harness.arbitration.asked).toMatchObject([{ requestId: '', isCommitted: false }]);
});

it('learns as little of an unknown customer as when nothing is to be offered', async () => {
  harness.arbitration.offers = [{ reason: 'CONSENT_MISSING' }];
  const nothing = await till().askNextBestActions(ask(redeemed()));
  const redemptionId = redeemed();
  harness.arbitration.unknown.add(`guest-${sequence}`);
  expect(nothing.actions).toEqual([]);
  expect(await till().askNextBestActions(ask(redemptionId))).toEqual(nothing);
});

it('asks for its own redemptions only, and while the customer is there', async () => {
  const redemptionId = redeemed();
  const tea = { ...ask(redemptionId), merchantId: 'tea-house' };
  expect(await reasonOf(till().askNextBestActions(tea))).toBe('MERCHANT_OUT_OF_SCOPE');
  const other = { ...TILL, id: 'tea-house' };
  expect(await reasonOf(till(other).askNextBestActions(tea))).toBe('REDEMPTION_NOT_FOUND');
  expect(await reasonOf(till(other).askNextBestActions(ask(redemptionId)))).toBe('MERCHANT_OUT_OF_SCOPE');
  expect(await reasonOf(till().askNextBestActions(ask('none')))).toBe('REDEMPTION_NOT_FOUND');
  expect(await reasonOf(till().askNextBestActions({ ...ask(redemptionId), merchantId: 'nobody' }))).toBe(
    'MERCHANT_NOT_FOUND',
  );
  const reversed = redeemed();
  harness.benefits.reversedIds.add(reversed);
  expect(await reasonOf(till().askNextBestActions(ask(reversed)))).toBe('REDEMPTION_REVERSED');
  harness.clock.advance(TILL_VISIT_MS - 1);
  expect(await reasonOf(till().askNextBestActions(ask(redemptionId)))).toBe('none');
  harness.clock.advance(1);
  expect(await reasonOf(till().askNextBestActions(ask(redemptionId)))).toBe('TILL_VISIT_OVER');
  expect(harness.arbitration.asked).toHaveLength(1);
});

it('tells what came of its own offers, for a day', async () => {
  const [redemptionId, another] = [redeemed(), redeemed()];
  const { actions } = await till().askNextBestActions(ask(redemptionId));
  const { decisionId } = actions[0]!;
  const input = outcomeOf(redemptionId, decisionId);
  expect(await till().recordTillOutcome(input)).toEqual({ outcomes: ['accepted'] });
  expect(harness.arbitration.outcomes).toEqual([
    { requestId: input.requestId, decisionId, outcome: 'accepted', occurredAt: undefined },
  ]);
  // Of another customer's redemption, of another channel, of nothing.
  harness.arbitration.put({ decisionId: 'in-the-app', customerId: `guest-${sequence - 1}`, channel: 'app' });
  const wrong = [
    outcomeOf(another, decisionId),
    outcomeOf(redemptionId, 'in-the-app'),
    outcomeOf(redemptionId, 'none'),
  ];
  for (const request of wrong) {
    expect(await reasonOf(till().recordTillOutcome(request))).toBe('DECISION_NOT_FOUND');
  }
  const foreign = till({ ...TILL, id: 'tea-house' }).recordTillOutcome({ ...input, merchantId: 'tea-house' });
  expect(await reasonOf(foreign)).toBe('REDEMPTION_NOT_FOUND');
  harness.clock.advance(TILL_OUTCOME_MS);
  expect(await reasonOf(till().recordTillOutcome(input))).toBe('OUTCOME_TOO_LATE');
  expect(harness.arbitration.outcomes).toHaveLength(1);
});

it('is refused what makes no sense', async () => {
  const redemptionId = redeemed();
  const asked = [
    ask(redemptionId, { requestId: '' }),
    ask(redemptionId, { maxActions: 11 }),
    ask(redemptionId, { maxActions: -1 }),
    ask(''),
    ask(redemptionId, { holdId: 'hold-1' }),
    ask('', { shown: { ...AT_TILL, code: '' } }),
    { ...ask(redemptionId), merchantId: '' },
  ];
  for (const request of asked) expect(await reasonOf(till().askNextBestActions(request))).toBe('VALIDATION_FAILED');
  for (const outcome of ['', 'converted', 'released']) {
    const told = till().recordTillOutcome(outcomeOf(redemptionId, 'd', outcome));
    expect(await reasonOf(told)).toBe('VALIDATION_FAILED');
  }
  expect(harness.arbitration.asked).toEqual([]);
});
