import { codeOf } from '../../domain/reason';
import type { DayRun } from './day-run';
import type { BrokenRule } from './moment-plan';
import { changeOf, ReportBuilder, type SimulationReport, type WorldName } from './report';
import { reasonText, simulatedContacts, type SimulatedCustomer } from './simulated-customer';
import type { World } from './world';

/** A customer of the sample. */
export interface SampledCustomer {
  customerId: string;
  orgPath: string;
}

/** What a decided day of one world came to. */
export interface DecidedDay {
  choices: Int16Array;
  scores: Float32Array;
}

/** A simulation under way: both worlds day by day, and what they come to. */
export class SimulationRun {
  readonly days: string[] = [];
  private readonly report = new ReportBuilder();
  /** Customer → why the strategy did not reach it, by the reason that came furthest; meaningless once it is reached. */
  private readonly codes: Uint8Array;
  private readonly isReached: Uint8Array;

  constructor(
    private readonly strategyId: string,
    readonly worlds: Readonly<Record<WorldName, World>>,
    readonly customers: readonly SampledCustomer[],
  ) {
    this.codes = new Uint8Array(customers.length);
    this.isReached = new Uint8Array(customers.length);
  }

  /** A queue with what is free of it on the day. */
  addQueue(day: string, queue: string, freeUnits: number): void {
    this.report.addQueue(day, queue, freeUnits);
  }

  /** How often another strategy used what the simulated one's customers found gone, at most as often as they did. */
  addShortage(wantedCount: number, contactsOf: ReadonlyMap<string, number>): void {
    for (const [strategyId, contactCount] of contactsOf) {
      if (strategyId === this.strategyId) continue;
      this.report.addConflict(strategyId, 'exhaustedCount', Math.min(wantedCount, contactCount));
    }
  }

  /** The day in both worlds; `rules` is the draft's. */
  addDay(day: string, moment: Date, decided: Record<WorldName, DecidedDay>, rules: DayRun): void {
    this.days.push(day);
    for (const name of ['draft', 'live'] as const) {
      const { choices, scores } = decided[name];
      this.worlds[name].addDay(moment, choices);
      choices.forEach((choice, customer) => {
        const candidate = this.worlds[name].candidates[choice];
        if (candidate !== undefined) this.report.addContact(name, day, candidate, scores[customer] ?? 0);
      });
    }
    const index = this.days.length - 1;
    this.customers.forEach((_, customer) => this.compare(index, customer, rules));
  }

  /** What it all came to, and for each customer. */
  finish(brokenRules: BrokenRule[]): { report: SimulationReport; customers: SimulatedCustomer[] } {
    const { draft, live } = this.worlds;
    const customers = this.customers.map(({ customerId, orgPath }, customer) => {
      const code = this.isReached[customer] === 1 ? codeOf(null) : (this.codes[customer] ?? 0);
      const change = changeOf(draft, live, customer);
      this.report.addCustomer(change, code);
      const draftContacts = simulatedContacts(draft, this.days, customer);
      const liveContacts = simulatedContacts(live, this.days, customer);
      return { customerId, orgPath, reason: reasonText(code), change, draftContacts, liveContacts };
    });
    return { report: this.report.build({ ...this.notPlayed(), brokenRules }), customers };
  }

  private notPlayed(): { notPlayedActionIds: string[]; liveNotPlayedCount: number } {
    const { notPlayed } = this.worlds.draft;
    const own = notPlayed.filter(({ strategyId }) => strategyId === this.strategyId);
    const notPlayedActionIds = own.map(({ actionId }) => actionId);
    return { notPlayedActionIds, liveNotPlayedCount: notPlayed.length - own.length };
  }

  private compare(day: number, customer: number, rules: DayRun): void {
    const chosen = this.worlds.draft.chosen(day, customer)?.strategy.strategyId;
    const isReached = chosen === this.strategyId;
    const ruled = rules.codes[customer] ?? 0;
    if (isReached) this.isReached[customer] = 1;
    this.codes[customer] = Math.max(this.codes[customer] ?? 0, rules.reasonOf(customer));
    if (!isReached && chosen !== undefined && ruled === codeOf(null)) this.report.addConflict(chosen, 'lostCount');
    const limiter = rules.limiterOf(customer);
    if (limiter !== undefined) this.report.addConflict(limiter, 'contactLimitCount');
    const without = this.worlds.live.chosen(day, customer)?.strategy.strategyId;
    if (isReached && without !== undefined && without !== this.strategyId)
      this.report.addConflict(without, 'tookCount');
  }
}
