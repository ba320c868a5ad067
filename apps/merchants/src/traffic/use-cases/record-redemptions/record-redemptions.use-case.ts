import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { addDays } from '../../../domain/opening-hours';
import { attributedVisit, redemptionSubsidy, subsidyIdOf, type RedemptionFact } from '../../domain/subsidy';
import { PersonLinkRepository } from '@tidegate/person-links';
import { SubsidyRepository } from '../../repositories/subsidy.repository';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import { VisitRepository } from '../../repositories/visit.repository';
import { SubsidyBook, type Earning } from '../../subsidy-book';
import { SubsidyReversals } from '../../subsidy-reversals';

/** The longest attribution a plan may have. */
const ATTRIBUTION_DAYS_MAX = 90;

/** Books what merchants earn by redemptions of customers who were led to them; those of others are passed over. */
@Injectable()
export class RecordRedemptionsUseCase {
  constructor(
    private readonly visits: VisitRepository,
    private readonly plans: TrafficPlanRepository,
    private readonly persons: PersonLinkRepository,
    private readonly subsidies: SubsidyRepository,
    private readonly book: SubsidyBook,
    private readonly reversals: SubsidyReversals,
  ) {}

  async execute(redemptions: readonly RedemptionFact[], tx: Transaction): Promise<void> {
    if (redemptions.length === 0) return;
    const earnings = await this.earningsOf(redemptions, tx);
    const known = await this.subsidies.findMany(
      earnings.map(({ reference }) => subsidyIdOf('redemption', reference)),
      tx,
    );
    const fresh = earnings.filter(({ reference }) => !known.has(subsidyIdOf('redemption', reference)));
    await this.book.earnAll(fresh, tx);
    const early = await this.subsidies.takeEarly(
      redemptions.map(({ redemptionId }) => redemptionId),
      tx,
    );
    const isEarned = new Set(fresh.map(({ reference }) => reference));
    await this.reversals.apply(
      early.filter(({ redemptionId }) => isEarned.has(redemptionId)),
      tx,
    );
  }

  private async earningsOf(redemptions: readonly RedemptionFact[], tx: Transaction): Promise<Earning[]> {
    const persons = await this.persons.find([...new Set(redemptions.map(({ customerId }) => customerId))], tx);
    const customerIds = [...new Set(redemptions.flatMap(({ customerId }) => persons.profilesOf(customerId)))];
    const earliest = redemptions.map(({ businessDate }) => businessDate).sort()[0]!;
    const visits = await this.visits.listOfCustomers(customerIds, addDays(earliest, -ATTRIBUTION_DAYS_MAX), tx);
    if (visits.length === 0) return [];
    const plans = await this.plans.findMany([...new Set(visits.map(({ planId }) => planId))], tx);
    return redemptions.flatMap((redemption) => {
      const attributed = attributedVisit(redemption, visits, plans, persons);
      if (!attributed) return [];
      const { plan } = attributed;
      const ruleAmountMinor = redemptionSubsidy(plan.subsidy, redemption);
      if (ruleAmountMinor === 0) return [];
      const { redemptionId: reference, merchantId, storeId, businessDate, amountMinor } = redemption;
      const place = { plan, merchantId, storeId, placeId: storeId, businessDate };
      return [{ ...place, cause: 'redemption', reference, ruleAmountMinor, redemptionAmountMinor: amountMinor }];
    });
  }
}
