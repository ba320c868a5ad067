import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HoldBenefitResponse, Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import { DomainError, isRetryable } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../benefits-client';
import { calendarDateOf } from '../domain/local-time';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import type { SoldAt, TillInput } from '../till.request';
import { BudgetCommitter } from './budget-committer';
import { budgetIdsOf, refusalOf, reserve, type ReservationRequest } from './domain/reservation';
import { BudgetRepository } from './repositories/budget.repository';

/** Where a sale takes place. */
interface Place {
  merchantId: string;
  storeId: string;
}

/**
 * Keeps redemptions at tills within the budgets of merchant and store. The wallet holds first, so that the amount is known; the
 * budget is taken next, and only then the wallet commits. What stops between two steps ends by the hold's time-out.
 */
@Injectable()
export class TillBudget {
  constructor(
    private readonly budgets: BudgetRepository,
    private readonly committer: BudgetCommitter,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** Whether sales at a store fall under any budget: most do not, and need no second step. */
  async applies(place: Place): Promise<boolean> {
    return (await this.budgets.findMany(budgetIdsOf(place))).size > 0;
  }

  /** @throws BUDGET_EXHAUSTED, BUDGET_CURRENCY_MISMATCH and those of BenefitsService.HoldBenefit */
  async hold(input: TillInput & SoldAt & { isRepeatOnly?: boolean }): Promise<HoldBenefitResponse> {
    const held = await this.benefits.holdBenefit(input);
    const reservation = await this.committer.submit({ kind: 'reserve', request: this.requestOf(input, held) });
    const refusal = reservation && refusalOf(reservation);
    if (!refusal) return held;
    await this.letGo(held.holdId, input.merchantId);
    throw refusal;
  }

  /** Whether a sale would fit the budgets now; nothing is taken. @throws BUDGET_EXHAUSTED, BUDGET_CURRENCY_MISMATCH */
  async requireRoom(place: Place, sale: Pick<HoldBenefitResponse, 'instances' | 'amountMinor'>): Promise<void> {
    const budgets = await this.budgets.findMany(budgetIdsOf(place));
    const request = this.requestOf(place, { ...sale, holdId: '', expiresAt: undefined });
    const refusal = refusalOf(reserve(request, null, budgets).reservation);
    if (refusal) throw refusal;
  }

  private requestOf(
    { merchantId, storeId }: Place,
    held: Pick<HoldBenefitResponse, 'holdId' | 'instances' | 'amountMinor' | 'expiresAt'>,
  ): ReservationRequest {
    const now = this.clock.now();
    return {
      holdId: held.holdId,
      merchantId,
      storeId,
      count: held.instances.length,
      amountMinor: held.amountMinor,
      // Several currencies in one sale fit no budget.
      currency: [...new Set(held.instances.map(({ currency }) => currency))].join('+'),
      day: calendarDateOf(now, this.config.timeZone),
      reservedAt: now,
      heldUntil: held.expiresAt ?? now,
    };
  }

  /** Hold, budget and commit, each safe to repeat by request ids that are made of the caller's. */
  async redeem(input: TillInput & SoldAt): Promise<Redemption[]> {
    const { merchantId, requestId } = input;
    try {
      const { holdId } = await this.hold({ ...input, requestId: derived('hold', merchantId, requestId) });
      return await this.commit({ requestId: derived('commit', merchantId, requestId), holdId, merchantId });
    } catch (error) {
      if (!isSpent(error)) throw error;
      // What was not redeemed before is refused as it was: no budget had a say in it.
      const before = await this.redeemedInOneStep(input);
      if (!before) throw error;
      return before;
    }
  }

  /** What the wallet redeemed for this request before the budget was set up; undefined for nothing. */
  private async redeemedInOneStep(input: TillInput & SoldAt): Promise<Redemption[] | undefined> {
    try {
      return (await this.benefits.redeemByCode({ ...input, isRepeatOnly: true })).redemptions;
    } catch (error) {
      if (isUnknownSale(error)) return undefined;
      throw error;
    }
  }

  /**
   * What a redemption came to that was asked for before, in one step or under a budget: one that stopped half-way is ended.
   * @throws SALE_NOT_FOUND
   */
  async redeemedBefore(input: TillInput & SoldAt): Promise<Redemption[]> {
    const { merchantId, requestId } = input;
    const before = await this.redeemedInOneStep(input);
    if (before) return before;
    const held = await this.hold({ ...input, requestId: derived('hold', merchantId, requestId), isRepeatOnly: true });
    return this.commit({ requestId: derived('commit', merchantId, requestId), holdId: held.holdId, merchantId });
  }

  /** @throws those of BenefitsService.CommitHold */
  async commit(input: { requestId: string; holdId: string; merchantId: string }): Promise<Redemption[]> {
    const { holdId } = input;
    try {
      const { redemptions } = await this.benefits.commitHold(input);
      await this.committer.submit({ kind: 'charge', holdId, redeemed: redemptions.map(amountOf) });
      return redemptions;
    } catch (error) {
      if (isGone(error)) await this.committer.submit({ kind: 'release', holdId });
      throw error;
    }
  }

  /** The hold ended without a redemption. */
  async release(holdId: string): Promise<void> {
    await this.committer.submit({ kind: 'release', holdId });
  }

  /** What cannot be let go now is let go by the wallet when it times out. */
  private async letGo(holdId: string, merchantId: string): Promise<void> {
    try {
      await this.benefits.voidHold({ requestId: derived('refused', merchantId, holdId), holdId, merchantId });
    } catch (error) {
      if (!(error instanceof DomainError) || !(isRetryable(error) || isGone(error))) throw error;
    }
  }
}

/** The wallet will never commit this hold. */
export const isGone = (error: unknown): boolean =>
  error instanceof DomainError && ['HOLD_NOT_FOUND', 'HOLD_VOIDED', 'HOLD_TIMED_OUT'].includes(error.reason);

/** The code cannot take anything any more. */
const isSpent = (error: unknown): boolean =>
  error instanceof DomainError && ['CODE_USED', 'CODE_STALE'].includes(error.reason);

/** The wallet knows no sale of this request. */
export const isUnknownSale = (error: unknown): boolean =>
  error instanceof DomainError && error.reason === 'SALE_NOT_FOUND';

/** A redemption, as far as budgets care. */
export const amountOf = ({ redemptionId, amountMinor }: Redemption): { redemptionId: string; amountMinor: number } => ({
  redemptionId,
  amountMinor,
});

const derived = (step: string, merchantId: string, id: string): string =>
  `till-${step}-${createHash('sha256')
    .update(JSON.stringify([merchantId, id]))
    .digest('base64url')}`;
