import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { addDays, bankDayOf, dayOfField, type BankDay, type RuleCustomer } from '@tidegate/rules';
import { CampaignsConfig } from '../../campaigns.config';
import { ruleCustomer, type CustomerFacts } from '../../domain/customer-facts';
import { dateKeysOn, firesOn, targetDayOf, type DateRule } from '../../domain/date-moment';
import { momentIdOf, type Moment } from '../../domain/moment';
import { MomentFiring } from '../../moments/moment-firing';
import { PastCounts } from '../../moments/past-counts';
import { MomentRuleCatalogue } from '../../moments/moment-rule-catalogue';
import { CustomerRepository } from '../../repositories/customer.repository';
import { MomentRepository } from '../../repositories/moment.repository';

const PAGE_SIZE = 500;
/** What is over comes with the next scan. */
const MOMENTS_PER_SCAN_MAX = 20_000;
/** Days on which no scan ran are made up for, as far back as this: later, most dates are no news any more. */
const CATCH_UP_DAYS_MAX = 3;

interface FoundDate {
  moment: Moment;
  forRules: RuleCustomer;
  /** Undefined when only the past events can tell. */
  fires: boolean | undefined;
}

/**
 * Finds the customers whose date has come, in the bank's zone. The whole day is looked through each time, so one who becomes known
 * during the day is found too; each (rule, customer, date) fires once ever.
 */
@Injectable()
export class ScanDatesUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly catalogue: MomentRuleCatalogue,
    private readonly customers: CustomerRepository,
    private readonly moments: MomentRepository,
    private readonly counts: PastCounts,
    private readonly firing: MomentFiring,
    private readonly config: CampaignsConfig,
  ) {}

  /** How many moments fired. */
  async execute({ now }: { now: Date }): Promise<number> {
    const today = bankDayOf(now, this.config.timeZone);
    let firedCount = 0;
    for (const rule of this.catalogue.dateRules()) {
      if (!rule.isLiveAt(now)) continue;
      for (const day of await this.daysDue(rule, today)) {
        for (const key of dateKeysOn(rule, targetDayOf(rule, day))) {
          firedCount += await this.scan(rule, day, key, now, MOMENTS_PER_SCAN_MAX - firedCount);
          if (firedCount >= MOMENTS_PER_SCAN_MAX) return firedCount;
        }
        await this.moments.saveScannedDay(rule.key, day);
      }
    }
    return firedCount;
  }

  /** Today, and before it the days since the last scan; a new rule begins today. */
  private async daysDue(rule: DateRule, today: BankDay): Promise<BankDay[]> {
    const scanned = (await this.moments.findScannedDay(rule.key)) ?? today;
    const earliest = addDays(today, -CATCH_UP_DAYS_MAX);
    const days: BankDay[] = [];
    for (let day = scanned < earliest ? earliest : addDays(scanned, 1); day < today; day = addDays(day, 1))
      days.push(day);
    return [...days, today];
  }

  private async scan(rule: DateRule, day: BankDay, key: string, now: Date, firedMax: number): Promise<number> {
    let firedCount = 0;
    let after = '';
    for (;;) {
      const page = await this.customers.listByDateKey(key, PAGE_SIZE, after);
      firedCount += await this.fire(rule, day, page, now);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE_SIZE || firedCount >= firedMax) return firedCount;
      after = last.customerId;
    }
  }

  private async fire(rule: DateRule, day: BankDay, page: readonly CustomerFacts[], now: Date): Promise<number> {
    const target = targetDayOf(rule, day);
    const at = { now, timeZone: this.config.timeZone };
    const found = page.flatMap((customer): FoundDate[] => {
      const forRules = ruleCustomer(customer);
      const fires = firesOn(rule, target, { ...customer, forRules }, at);
      return fires === false ? [] : [{ moment: this.momentOf(rule, customer, target, now), forRules, fires }];
    });
    if (found.length === 0) return 0;
    const fired = await this.moments.findFired(found.map(({ moment }) => moment.momentId));
    const unfired = found.filter(({ moment }) => !fired.has(moment.momentId));
    const open = unfired.filter(({ fires }) => fires === undefined);
    const fresh = [...unfired.filter(({ fires }) => fires === true), ...(await this.count(rule, open, now))];
    if (fresh.length === 0) return 0;
    const moments = fresh.map(({ moment }) => moment);
    return this.mongo.transaction((tx) => this.firing.run(moments, now, 'date_relative', tx));
  }

  /** Those whose past events the condition holds of. */
  private async count(rule: DateRule, open: readonly FoundDate[], at: Date): Promise<FoundDate[]> {
    if (open.length === 0) return [];
    const { counted, read } = rule.condition;
    const questions = open.map(({ moment: { customerId } }) => ({ customerId, factId: '' }));
    const held = await this.counts.ask(counted, questions);
    return open.filter(({ forRules: customer }, index) => {
      const holds = held[index];
      return holds !== undefined && read({ at, customer, holds }) === true;
    });
  }

  private momentOf(rule: DateRule, customer: CustomerFacts, target: BankDay, now: Date): Moment {
    const factId = `date/${rule.fieldName}/${target}`;
    return {
      momentId: momentIdOf(rule.key, factId, customer.customerId),
      ruleKey: rule.key,
      strategyId: rule.strategyId,
      strategyRevision: rule.strategyRevision,
      ruleId: rule.ruleId,
      customerId: customer.customerId,
      actionIds: rule.actionIds,
      factId,
      factData: { field: rule.fieldName, date: dayOfField(customer, rule.field, this.config.timeZone), day: target },
      acceptedAt: now,
      cooldownDays: rule.cooldownDays,
    };
  }
}
