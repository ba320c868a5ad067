import { Injectable } from '@nestjs/common';
import { addDays, bankDayOf, type BankDay } from '@tidegate/rules';
import { zonedMs } from '../domain/local-time';
import { CustomerFactsPeer } from '../past-facts/customer-facts';
import { MomentCalendar } from './domain/moment-calendar';
import { DateQuestion, historyShiftDays, type PlayedRule } from './domain/moment-plan';
import type { SampledCustomer } from './domain/simulation-run';
import { SimulatedBase } from './simulated-base';

const RULES_PER_CALL = 16;
const CUSTOMERS_PER_CALL = 200;

/** The simulated days and those whose facts they play. */
interface PlayedDays {
  days: readonly BankDay[];
  moments: readonly Date[];
}

/** Moments of truth 关键时刻 for the simulated days: those that the facts of as many past days were, and the dates of the days themselves. */
@Injectable()
export class MomentHistory {
  constructor(
    private readonly base: SimulatedBase,
    private readonly facts: CustomerFactsPeer,
  ) {}

  /** @throws RULE_INVALID and the errors of `customers` */
  async load(
    rules: readonly PlayedRule[],
    customers: readonly SampledCustomer[],
    played: PlayedDays & { startedAt: Date },
    keepAlive: () => Promise<void>,
  ): Promise<MomentCalendar> {
    const calendar = new MomentCalendar(played.days.length, customers.length);
    for (const { actions } of rules) calendar.play(actions);
    const dated = rules.filter(({ rule }) => rule.kind !== 'threshold');
    const thresholds = rules.filter(({ rule }) => rule.kind === 'threshold');
    if (dated.length > 0) await this.addDates(calendar, dated, customers, played, keepAlive);
    for (let from = 0; from < thresholds.length; from += RULES_PER_CALL) {
      const part = thresholds.slice(from, from + RULES_PER_CALL);
      await this.addFacts(calendar, part, customers, played, keepAlive);
    }
    return calendar;
  }

  private async addFacts(
    calendar: MomentCalendar,
    rules: readonly PlayedRule[],
    customers: readonly SampledCustomer[],
    { days, startedAt }: PlayedDays & { startedAt: Date },
    keepAlive: () => Promise<void>,
  ): Promise<void> {
    const { zone } = this.base;
    const shift = historyShiftDays(bankDayOf(startedAt, zone), days.at(-1)!);
    const history = days.map((day) => addDays(day, -shift));
    const since = new Date(zonedMs(zone, history[0]!, 0));
    const until = new Date(zonedMs(zone, addDays(history.at(-1)!, 1), 0));
    const asked = rules.map(({ rule }) => ({ factType: rule.factType, condition: rule.condition ?? undefined }));
    for (let first = 0; first < customers.length; first += CUSTOMERS_PER_CALL) {
      await keepAlive();
      const ids = customers.slice(first, first + CUSTOMERS_PER_CALL).map(({ customerId }) => customerId);
      const found = await this.facts.listPastMoments({ customerIds: ids, rules: asked, since, until });
      for (const { customerId, rule: index, days: past } of found) {
        const played = rules[index];
        const at = ids.indexOf(customerId);
        if (played === undefined || at < 0) continue;
        const indexes = past.map((day) => history.indexOf(day));
        calendar.add(played.actions, first + at, indexes, played.rule.cooldownDays);
      }
    }
  }

  private async addDates(
    calendar: MomentCalendar,
    rules: readonly PlayedRule[],
    customers: readonly SampledCustomer[],
    { days, moments }: PlayedDays,
    keepAlive: () => Promise<void>,
  ): Promise<void> {
    const { zone, ruleContext } = this.base;
    const questions = rules.map((each) => ({ ...each, asked: new DateQuestion(each.rule, zone, ruleContext) }));
    for await (const { first, states } of this.base.eachStates(customers)) {
      await keepAlive();
      for (const [at, state] of states.entries()) {
        if (state === undefined) continue;
        for (const { rule, actions, asked } of questions) {
          const on = [...days.keys()].filter((day) => asked.isOn(days[day]!, moments[day]!, state));
          calendar.add(actions, first + at, on, rule.cooldownDays);
        }
      }
    }
  }
}
