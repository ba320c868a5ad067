import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import type { ScarceBook } from '../domain/scarce-book';
import { unitsAt, type StocksAsked } from '../benefit-stocks/domain/day-units';
import { compileStrategy } from '../domain/compile-strategy';
import { openLedger } from '../domain/push-terms';
import { DayLedger, type PeriodOf } from './domain/day-ledger';
import { DayRun } from './domain/day-run';
import type { MomentCalendar } from './domain/moment-calendar';
import { playedRules, type PlayedRule } from './domain/moment-plan';
import type { SimulationReport, WorldName } from './domain/report';
import type { SimulatedCustomer } from './domain/simulated-customer';
import { shareOf, type Simulation } from './domain/simulation';
import { dayOf, momentOfDay } from './domain/simulation-days';
import { OwnUnits } from './domain/own-units';
import { SimulationRun, type SampledCustomer } from './domain/simulation-run';
import { worldsOf } from './domain/world';
import { MomentHistory } from './moment-history';
import { SimulatedBase } from './simulated-base';

/** As many as a choice can be numbered by. */
const CANDIDATES_MAX = 32_000;
/** How much of a day is done when everybody went through the rules. */
const DAY_RULED = 0.99;
const QUEUE = 'queue:';
const QUOTA = 'quota:';

export interface SimulationProgress {
  percent: number;
  baseCount: number;
  customerCount: number;
}

/** Told of the progress, often: gives others a turn. What it throws ends the simulation. */
export type OnProgress = (progress: SimulationProgress) => Promise<void>;

/** One day of one world as it is opened. */
interface OpenDay {
  rules: DayRun;
  periodOf: PeriodOf;
}

/**
 * Plays the next days with the draft and without it: each day every customer goes through the same rules as in a decision, with the contacts
 * that the simulated days before gave it, and the day's seats, quotas and units of benefits go to those who are worth most, as a push gives
 * them. It reads the live bank and writes nothing.
 */
@Injectable()
export class Simulator {
  constructor(
    private readonly base: SimulatedBase,
    private readonly history: MomentHistory,
  ) {}

  /** @throws SIMULATION_TOO_LARGE, RULE_INVALID */
  async run(
    simulation: Simulation,
    onProgress: OnProgress,
  ): Promise<{ report: SimulationReport; customers: SimulatedCustomer[]; baseCount: number }> {
    const waiting = (): Promise<void> => onProgress({ percent: 0, baseCount: 0, customerCount: 0 });
    await this.base.settlePastFacts(waiting);
    const { ruleContext } = this.base;
    const draft = compileStrategy({ ...simulation.snapshot, state: 'published' }, ruleContext);
    const live = this.base.liveStrategies();
    const { played: rules, broken } = playedRules(draft, live, ruleContext);
    const worlds = worldsOf(live, draft, rules);
    if (worlds.draft.candidates.length > CANDIDATES_MAX) {
      throw refused('SIMULATION_TOO_LARGE', `At most ${CANDIDATES_MAX} candidates can be simulated.`);
    }
    const stocks = await this.base.askStocks([...worlds.draft.candidates, ...worlds.live.candidates]);
    const baseCount = await this.base.count(waiting);
    const share = shareOf({ ...simulation, baseCount });
    const gathering = (): Promise<void> => onProgress({ percent: 0, baseCount, customerCount: 0 });
    const customers = await this.base.sample(share, simulation.customerCountMax, gathering);
    const run = new SimulationRun(simulation.strategyId, worlds, customers);
    const ledgers = { draft: new DayLedger(), live: new DayLedger() };
    const found = (): Promise<void> => onProgress({ percent: 0, baseCount, customerCount: customers.length });
    const moments = await this.loadMoments(simulation, rules, customers, found);
    for (let day = 0; day < simulation.dayCount; day += 1) {
      const tell = (part: number): Promise<void> => {
        const percent = Math.floor((100 * (day + part)) / simulation.dayCount);
        return onProgress({ percent, baseCount, customerCount: customers.length });
      };
      await this.playDay({ simulation, run, ledgers, share, moments, stocks }, day, tell);
    }
    return { ...run.finish(broken), baseCount };
  }

  private loadMoments(
    { dayCount, startedAt, snapshot }: Simulation,
    rules: readonly PlayedRule[],
    customers: readonly SampledCustomer[],
    keepAlive: () => Promise<void>,
  ): Promise<MomentCalendar> {
    const { zone } = this.base;
    const moments = Array.from({ length: dayCount }, (_, day) => momentOfDay(zone, startedAt, snapshot.startsAt, day));
    const days = moments.map((moment) => dayOf(zone, moment));
    return this.history.load(rules, customers, { days, moments, startedAt }, keepAlive);
  }

  private async playDay(
    given: {
      simulation: Simulation;
      run: SimulationRun;
      ledgers: Record<WorldName, DayLedger>;
      share: number;
      moments: MomentCalendar;
      stocks: StocksAsked;
    },
    index: number,
    tell: (part: number) => Promise<void>,
  ): Promise<void> {
    const { simulation, run, ledgers, share, moments, stocks } = given;
    const { zone } = this.base;
    const moment = momentOfDay(zone, simulation.startedAt, simulation.snapshot.startsAt, index);
    const day = dayOf(zone, moment);
    const units = unitsAt(stocks, moment);
    const open = async (name: WorldName): Promise<OpenDay> => {
      const world = run.worlds[name];
      const book = await this.base.openBook(world.candidates, moment);
      const periodOf = periodsOf(book);
      const ledger = openLedger(world.candidates, { limits: [], costs: [] }, book, units);
      const lines = ledgers[name].left(ledger, share, periodOf);
      const { strategyId } = simulation;
      const situation = this.base.situation(moment);
      return {
        rules: new DayRun({
          world,
          strategyId,
          lines,
          situation,
          slotsOf: book.capacity.openSlots,
          customerCount: run.customers.length,
          index,
          moments,
        }),
        periodOf,
      };
    };
    const opened = { draft: await open('draft'), live: await open('live') };
    for (const { id, max } of opened.draft.rules.lines) {
      if (id.startsWith(QUEUE)) run.addQueue(day, id.slice(QUEUE.length), max);
    }
    await this.askRules(run, opened, tell);
    const close = async (name: WorldName) => {
      const { rules, periodOf } = opened[name];
      const { candidates } = run.worlds[name];
      const capacity = await this.base.openOwnCapacity(candidates, moment, rules.distinctOwners);
      const decided = await rules.finish(new OwnUnits(capacity, share), () => tell(DAY_RULED));
      ledgers[name].take(rules.lines, decided.uses, periodOf);
      return decided;
    };
    run.addDay(day, moment, { draft: await close('draft'), live: await close('live') }, opened.draft.rules);
    for (const [limit, wantedCount] of opened.draft.rules.shortage.countByLimit) {
      run.addShortage(wantedCount, ledgers.draft.contactsOf(limit, opened.draft.periodOf));
    }
  }

  /** Everybody through the rules of both worlds. */
  private async askRules(
    run: SimulationRun,
    opened: Record<WorldName, OpenDay>,
    tell: (part: number) => Promise<void>,
  ): Promise<void> {
    const { draft, live } = run.worlds;
    for await (const { first, states } of this.base.eachTurn(run.customers, [
      ...draft.candidates,
      ...live.candidates,
    ])) {
      await tell(first / run.customers.length);
      states.forEach((scored, at) => {
        for (const { rules } of [opened.draft, opened.live]) {
          if (scored === undefined) rules.addGone(first + at);
          else rules.add(first + at, scored.state, scored.propensities);
        }
      });
    }
  }
}

/** The period that each limit counts on the book's day: a queue's slot, a shared quota's own; a strategy's quota counts for ever. */
function periodsOf(book: ScarceBook): PeriodOf {
  return (id) => {
    if (id.startsWith(QUEUE)) return book.capacity.slotOf(id.slice(QUEUE.length));
    return id.startsWith(QUOTA) ? (book.quotas.find(id.slice(QUOTA.length))?.periodKey ?? '') : '';
  };
}
