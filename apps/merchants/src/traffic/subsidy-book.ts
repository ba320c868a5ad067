import { Injectable } from '@nestjs/common';
import { SubsidyEarned } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { MerchantRepository } from '../repositories/merchant.repository';
import { earn, subsidyIdOf, type Subsidy } from './domain/subsidy';
import type { TrafficPlan } from './domain/traffic-plan';
import { SubsidyRepository } from './repositories/subsidy.repository';
import { toSubsidyMessage } from './traffic.message';

/** Something that earns a merchant, or the bank, a subsidy by a plan's rule. */
export interface Earning {
  plan: TrafficPlan;
  merchantId: string;
  storeId: string;
  placeId: string;
  cause: 'visit' | 'redemption';
  /** The visit or redemption. */
  reference: string;
  ruleAmountMinor: number;
  businessDate: string;
  /** 0 for a visit. */
  redemptionAmountMinor: number;
}

/** Books what merchants earn or pay, each under its own limits; two replicas that earn at once write the same totals and run again. */
@Injectable()
export class SubsidyBook {
  constructor(
    private readonly subsidies: SubsidyRepository,
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
  ) {}

  /** In order: what is left of a limit goes to the first. */
  async earnAll(earnings: readonly Earning[], tx: Transaction): Promise<Subsidy[]> {
    const booked: Subsidy[] = [];
    if (earnings.length === 0) return booked;
    const merchantIds = [...new Set(earnings.map(({ merchantId }) => merchantId))];
    const orgPaths = await this.merchants.findOrgPaths(merchantIds, tx);
    for (const ofOne of groupByTotals(earnings)) {
      const { plan, merchantId } = ofOne[0]!;
      let totals = await this.subsidies.findTotals(plan.planId, merchantId, tx);
      for (const earning of ofOne) {
        const earned = earn(earning.ruleAmountMinor, totals, plan.subsidy, earning.businessDate);
        totals = earned.totals;
        booked.push(this.toSubsidy(earning, earned.amountMinor, orgPaths.get(merchantId) ?? ''));
      }
      await this.subsidies.saveTotals(plan.planId, merchantId, totals, tx);
    }
    await this.subsidies.saveMany(booked, tx);
    for (const subsidy of booked) {
      tx.emit(event(SubsidyEarned, subsidy.subsidyId, { subsidy: toSubsidyMessage(subsidy) }));
    }
    return booked;
  }

  private toSubsidy({ plan, cause, reference, ...earning }: Earning, amountMinor: number, orgPath: string): Subsidy {
    const { planId, subsidy } = plan;
    return {
      ...earning,
      subsidyId: subsidyIdOf(cause, reference),
      planId,
      cause,
      reference,
      amountMinor,
      currency: subsidy.currency,
      payer: subsidy.payer,
      orgPath,
      earnedAt: this.clock.now(),
      reversedAmountMinor: 0,
    };
  }
}

function groupByTotals(earnings: readonly Earning[]): Earning[][] {
  const groups = new Map<string, Earning[]>();
  for (const earning of earnings) {
    const key = JSON.stringify([earning.plan.planId, earning.merchantId]);
    groups.set(key, [...(groups.get(key) ?? []), earning]);
  }
  return [...groups.values()];
}
