import type {
  CommitHoldRequest,
  GetHoldRequest,
  GetHoldResponse,
  HoldBenefitRequest,
  Instance,
  Redemption,
  VoidHoldRequest,
} from '@tidegate/contracts/benefits/v1/benefits';
import { notFound, refused } from '@tidegate/errors';
import { aRedemption } from './merchants.factory';

interface FakeHold {
  request: HoldBenefitRequest;
  state: 'held' | 'committed' | 'voided' | 'timed_out';
  redemption?: Redemption;
}

/** The wallet's holds: one for each request id, each committed or voided once. Every benefit is worth 1,000. */
export class FakeHolds {
  readonly byId = new Map<string, FakeHold>();
  private readonly usedBy = new Map<string, string>();
  expiresAt = new Date('2026-11-22T05:00:00Z');
  redeemedAt = new Date('2026-11-22T04:30:00Z');
  /** Called after a commit: an answer that gets lost. */
  afterCommit: () => void = () => undefined;

  /** A code `once-…` is good for one request. */
  useCode({ code, requestId }: { code: string; requestId: string }): void {
    const usedBy = this.usedBy.get(code);
    if (code.startsWith('once-') && usedBy !== undefined && usedBy !== requestId) {
      throw refused('CODE_USED', 'This code was used.');
    }
    this.usedBy.set(code, requestId);
  }

  validate({ code, orderAmountMinor }: { code: string; orderAmountMinor: number }) {
    if (code === 'stale') throw refused('CODE_STALE', 'The code is too old.');
    const instance = { ...instanceOf('none'), state: 'issued' };
    return { instances: [instance], amountMinor: Math.min(instance.remainingMinor, orderAmountMinor) };
  }

  /** The code `late` is stale for a hold only. */
  hold(request: HoldBenefitRequest) {
    if (['stale', 'late'].includes(request.code)) throw refused('CODE_STALE', 'The code is too old.');
    const holdId = `hold-${request.requestId}`;
    if (request.isRepeatOnly) requireKnown(this.byId.has(holdId));
    this.useCode(request);
    if (!this.byId.has(holdId)) this.byId.set(holdId, { request, state: 'held' });
    const instance = instanceOf(holdId);
    const amountMinor = Math.min(instance.remainingMinor, request.orderAmountMinor);
    return { holdId, instance, instances: [instance], expiresAt: this.expiresAt, amountMinor };
  }

  /** As the wallet shows a hold of a merchant; it was made five minutes before it expires. */
  show({ holdId, merchantId }: GetHoldRequest): GetHoldResponse {
    const { request, state, redemption } = this.get(holdId);
    if (request.merchantId !== merchantId) throw notFound('HOLD_NOT_FOUND', 'No such hold.');
    const heldAt = new Date(this.expiresAt.getTime() - 300_000);
    const redemptions = redemption ? [redemption] : [];
    const { expiresAt } = this;
    return { holdId, customerId: 'c-1', storeId: request.storeId, state, heldAt, expiresAt, redemptions };
  }

  commit({ holdId }: CommitHoldRequest): { redemption: Redemption; redemptions: Redemption[] } {
    const hold = this.get(holdId);
    if (hold.state === 'committed') return answerOf(hold.redemption!);
    requireHeld(hold);
    const { merchantId, storeId, clerkId } = hold.request;
    const fields = aRedemption({
      redemptionId: `r-${holdId}`,
      merchantId,
      storeId,
      clerkId,
      redeemedAt: this.redeemedAt,
    });
    const { instanceId } = instanceOf(holdId);
    hold.redemption = { ...fields, instanceId, stockId: 'red-packet', customerId: 'c-1', saleId: holdId };
    hold.state = 'committed';
    this.afterCommit();
    return answerOf(hold.redemption);
  }

  void({ holdId }: VoidHoldRequest): { instance: Instance; instances: Instance[] } {
    const hold = this.get(holdId);
    if (hold.state === 'committed') throw refused('HOLD_COMMITTED', 'This hold was committed.');
    if (hold.state !== 'voided') requireHeld(hold);
    hold.state = 'voided';
    const instance = instanceOf(holdId);
    return { instance, instances: [instance] };
  }

  private get(holdId: string): FakeHold {
    const hold = this.byId.get(holdId);
    if (!hold) throw notFound('HOLD_NOT_FOUND', 'No such hold.');
    return hold;
  }
}

export function requireKnown(isKnown: boolean): void {
  if (!isKnown) throw notFound('SALE_NOT_FOUND', 'This request has done nothing before.');
}

const answerOf = (redemption: Redemption) => ({ redemption, redemptions: [redemption] });

function requireHeld({ state }: FakeHold): void {
  if (state === 'voided') throw refused('HOLD_VOIDED', 'This hold was voided.');
  if (state === 'timed_out') throw refused('HOLD_TIMED_OUT', 'This hold timed out.');
}

const instanceOf = (holdId: string): Instance => ({
  instanceId: `i-${holdId}`,
  stockId: 'red-packet',
  stockName: 'Red packet',
  kind: 'red_packet',
  customerId: 'c-1',
  state: 'held',
  faceValueMinor: 1_000,
  currency: 'CNY',
  claimedAt: undefined,
  firstClaimedAt: undefined,
  expiresAt: undefined,
  isTransferable: false,
  remainingMinor: 1_000,
  fromInstanceId: '',
});
