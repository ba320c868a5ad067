import {
  BenefitsServiceService,
  type ListRedemptionsRequest,
  type PostAdjustmentRequest,
  type PostSettlementRequest,
  type RedeemByCodeRequest,
  type Redemption,
  type Reversal,
  type ReverseRedemptionRequest,
  Stock,
  type ValidateSaleRequest,
} from '@tidegate/contracts/benefits/v1/benefits';
import { DomainError, notFound, refused } from '@tidegate/errors';
import { fakePeer } from '@tidegate/testing';
import { FakeHolds, requireKnown } from './fake-holds';
import { aRedemption } from './merchants.factory';

/** A wallet that plays its part of the contract, and can be told to fail. */
export class FakeBenefits {
  redemptions: Redemption[] = [];
  readonly reversedIds = new Set<string>();
  /** By request id. */
  readonly reversals = new Map<string, Reversal>();
  /** Settlements by batch id: what the ledger took, once each. */
  readonly settlements = new Map<string, PostSettlementRequest>();
  /** Adjustments by id. */
  readonly adjustments = new Map<string, PostAdjustmentRequest>();
  readonly redeemed: RedeemByCodeRequest[] = [];
  readonly validated: ValidateSaleRequest[] = [];
  readonly holds = new FakeHolds();
  /** Organisation of each stock. */
  readonly stocks = new Map<string, string>();
  pageSizeMax = 1_000;
  listCalls = 0;
  postCalls = 0;
  beforeAdjust: (request: PostAdjustmentRequest) => void = () => undefined;
  beforeList: (call: number) => void = () => undefined;
  /** Called with the number of the call, before the ledger is written. */
  beforePost: (call: number) => void = () => undefined;
  /** Called after the ledger was written: an answer that gets lost. */
  afterPost: (call: number) => void = () => undefined;

  start(): Promise<{ url: string; stop(): Promise<void> }> {
    return fakePeer(BenefitsServiceService, {
      listRedemptions: async (request) => this.listRedemptions(request),
      getRedemption: async ({ redemptionId, merchantId }) => {
        const redemption = this.redemptions.find((each) => each.redemptionId === redemptionId);
        if (redemption?.merchantId !== merchantId)
          throw notFound('REDEMPTION_NOT_FOUND', 'There is no such redemption.');
        return { redemption, isReversed: this.reversedIds.has(redemptionId), reversal: undefined };
      },
      postSettlement: async (request) => this.postSettlement(request),
      postAdjustment: async (request) => this.postAdjustment(request),
      reverseRedemption: async (request) => this.reverseRedemption(request),
      redeemByCode: async (request) => this.redeemByCode(request),
      getStocks: async ({ stockIds }) => ({
        stocks: stockIds.flatMap((stockId) => {
          const orgPath = this.stocks.get(stockId);
          const stock = Stock.fromPartial({ stockId, orgPath });
          return orgPath === undefined ? [] : [{ stock, day: '', claimedOnDayCount: 0 }];
        }),
      }),
      holdBenefit: async (request) => {
        if (!request.isRepeatOnly) this.redeemed.push(request);
        return this.holds.hold(request);
      },
      validateSale: async (request) => {
        this.validated.push(request);
        return this.holds.validate(request);
      },
      getHold: async (request) => this.holds.show(request),
      commitHold: async (request) => this.holds.commit(request),
      voidHold: async (request) => this.holds.void(request),
    });
  }

  settledIds(): string[] {
    return [...this.settlements.values()].flatMap((settlement) => settlement.redemptionIds);
  }

  private listRedemptions({ from, to, pageSize, pageToken }: ListRedemptionsRequest) {
    this.beforeList((this.listCalls += 1));
    const day = this.redemptions.filter(({ redeemedAt }) => redeemedAt! >= from! && redeemedAt! < to!);
    const start = Number(pageToken || 0);
    const end = start + Math.min(pageSize, this.pageSizeMax);
    return { redemptions: day.slice(start, end), nextPageToken: end < day.length ? String(end) : '' };
  }

  private postSettlement(request: PostSettlementRequest) {
    const call = (this.postCalls += 1);
    this.beforePost(call);
    const sum = this.redemptions
      .filter(({ redemptionId }) => request.redemptionIds.includes(redemptionId))
      .reduce((total, { amountMinor }) => total + amountMinor, 0);
    const reversed = request.reversals.reduce((total, { amountMinor }) => total + amountMinor, 0);
    const adjusted = request.adjustmentIds.reduce(
      (total, id) => total + (this.adjustments.get(id)?.amountMinor ?? NaN),
      0,
    );
    if (sum - reversed + adjusted !== request.amountMinor)
      throw refused('SETTLEMENT_AMOUNT_MISMATCH', 'The amounts differ.');
    this.settlements.set(request.batchId, request);
    this.afterPost(call);
    return { transactionId: `tx-${request.batchId}` };
  }

  private postAdjustment(request: PostAdjustmentRequest) {
    this.beforeAdjust(request);
    this.adjustments.set(request.adjustmentId, request);
    return { transactionId: `adjustment-${request.adjustmentId}` };
  }

  private reverseRedemption({ requestId, isRepeatOnly, ...place }: ReverseRedemptionRequest) {
    const earlier = this.reversals.get(requestId);
    if (isRepeatOnly) requireKnown(earlier !== undefined);
    const { amountMinor, currency, shares } = asMessage(aRedemption({}));
    const told = {
      ...place,
      reversalId: `rev-${requestId}`,
      amountMinor,
      currency,
      shares,
      reversedAt: new Date(0),
      saleId: '',
    };
    const reversal = earlier ?? told;
    this.reversals.set(requestId, reversal);
    return { reversal };
  }

  private redeemByCode(request: RedeemByCodeRequest) {
    if (request.isRepeatOnly) requireKnown(this.redeemed.some(({ requestId }) => requestId === request.requestId));
    else this.redeemed.push(request);
    if (request.code === 'stale') throw refused('CODE_STALE', 'The code is too old.');
    this.holds.useCode(request);
    const { merchantId, storeId, clerkId } = request;
    const redemption = asMessage(aRedemption({ redemptionId: `r-${request.requestId}`, merchantId, storeId, clerkId }));
    return { redemption, redemptions: [redemption] };
  }
}

export const unavailable = () =>
  new DomainError({ code: 'UNAVAILABLE', reason: 'DOWN', message: 'The ledger is down.' });

export const asMessage = (redemption: ReturnType<typeof aRedemption>): Redemption => ({
  ...redemption,
  instanceId: `i-${redemption.redemptionId}`,
  stockId: 'red-packet',
  customerId: 'c-1',
  saleId: `s-${redemption.redemptionId}`,
});
