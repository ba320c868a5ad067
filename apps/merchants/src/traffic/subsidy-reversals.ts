import { Inject, Injectable } from '@nestjs/common';
import { SubsidyEarned } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { calendarDateOf } from '../domain/local-time';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import { reversedPart, subsidyIdOf, takeBack, type Subsidy } from './domain/subsidy';
import { SubsidyRepository, type ReversalFact } from './repositories/subsidy.repository';
import { toSubsidyMessage } from './traffic.message';

/** Takes subsidies back with the redemptions that earned them, in proportion. */
@Injectable()
export class SubsidyReversals {
  constructor(
    private readonly subsidies: SubsidyRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** Tells which reversals found no redemption here: it earned nothing, or is still to be heard of. */
  async apply(reversals: readonly ReversalFact[], tx: Transaction): Promise<ReversalFact[]> {
    if (reversals.length === 0) return [];
    const ids = reversals.flatMap(({ redemptionId, reversalId }) => [
      subsidyIdOf('redemption', redemptionId),
      subsidyIdOf('reversal', reversalId),
    ]);
    const known = await this.subsidies.findMany([...new Set(ids)], tx);
    const missing: ReversalFact[] = [];
    for (const reversal of reversals) {
      if (known.has(subsidyIdOf('reversal', reversal.reversalId))) continue;
      const earned = known.get(subsidyIdOf('redemption', reversal.redemptionId));
      if (!earned) missing.push(reversal);
      else for (const changed of await this.takeBack(earned, reversal, tx)) known.set(changed.subsidyId, changed);
    }
    return missing;
  }

  private async takeBack(earned: Subsidy, reversal: ReversalFact, tx: Transaction): Promise<Subsidy[]> {
    const { planId, merchantId, amountMinor, redemptionAmountMinor } = earned;
    const reversedAmountMinor = earned.reversedAmountMinor + reversal.amountMinor;
    const before = reversedPart(amountMinor, redemptionAmountMinor, earned.reversedAmountMinor);
    const part = reversedPart(amountMinor, redemptionAmountMinor, reversedAmountMinor) - before;
    const now = this.clock.now();
    const changed: Subsidy[] = [
      { ...earned, reversedAmountMinor },
      {
        ...earned,
        subsidyId: subsidyIdOf('reversal', reversal.reversalId),
        cause: 'reversal',
        reference: reversal.reversalId,
        amountMinor: -part,
        ruleAmountMinor: -part,
        businessDate: calendarDateOf(now, this.config.timeZone),
        earnedAt: now,
      },
    ];
    const totals = await this.subsidies.findTotals(planId, merchantId, tx);
    await this.subsidies.saveTotals(planId, merchantId, takeBack(totals, part, earned.businessDate), tx);
    await this.subsidies.saveMany(changed, tx);
    const subsidy = toSubsidyMessage(changed[1]!);
    tx.emit(event(SubsidyEarned, subsidy.subsidyId, { subsidy }));
    return changed;
  }
}
