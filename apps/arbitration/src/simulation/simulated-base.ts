import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import type { StocksAsked } from '../benefit-stocks/domain/day-units';
import { StockRooms } from '../benefit-stocks/stock-rooms';
import type { ScarceBook } from '../domain/scarce-book';
import type { Owner } from '../domain/capacity';
import type { CapacityBook } from '../domain/capacity-book';
import { daysAhead } from '../domain/capacity-window';
import { asPerson, hasFacts, type CustomerState, type KnownCustomer } from '../domain/customer-state';
import type { RuleContext } from '../domain/past-facts';
import type { Propensities } from '../domain/member-scorer';
import type { Situation } from '../domain/situation';
import { stableHash } from '../domain/stable-hash';
import type { Candidate, Strategy } from '../domain/strategy';
import { ModelRegistry } from '../engine/model-registry';
import { PolicyHolder } from '../engine/policy-holder';
import { Scorer } from '../engine/scorer';
import { StrategyCatalogue } from '../engine/strategy-catalogue';
import { CounterBook } from '../past-facts/counter-book';
import { CounterFiller } from '../past-facts/counter-filler';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { QuotaRepository } from '../repositories/quota.repository';
import type { SampledCustomer } from './domain/simulation-run';

const IDS_PER_READ = 5_000;
/** Few enough that other calls do not wait for their rules. */
const CUSTOMERS_PER_TURN = 200;

/** A customer with what the models say of it. */
export interface ScoredState {
  state: CustomerState;
  propensities: Propensities;
}

/** All that a simulation sees of the live bank. Whatever is here reads; there is nothing to write with. */
@Injectable()
export class SimulatedBase {
  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly capacities: CapacityRepository,
    private readonly quotas: QuotaRepository,
    private readonly policies: PolicyHolder,
    private readonly catalogue: StrategyCatalogue,
    private readonly models: ModelRegistry,
    private readonly clock: Clock,
    private readonly pastFacts: CounterBook,
    private readonly filler: CounterFiller,
    private readonly stocks: StockRooms,
  ) {}

  get zone(): string {
    return this.policies.current.timeZone;
  }

  get ruleContext(): RuleContext {
    return { utcOffsetMinutes: this.policies.utcOffsetMinutes(this.clock.now()), pastFacts: this.pastFacts };
  }

  /** Ends when every past fact that rules count is counted. */
  async settlePastFacts(keepAlive: () => Promise<void>): Promise<void> {
    while (await this.filler.isFilling()) {
      await keepAlive();
      await this.filler.fillAll();
    }
    await this.pastFacts.load();
  }

  /** What the candidates' benefits have to give and pushes have not promised, as far as `benefits` answers. */
  askStocks(candidates: readonly Candidate[]): Promise<StocksAsked> {
    return this.stocks.ask([...new Set(candidates.flatMap(({ treatment }) => treatment.benefitStockId || []))]);
  }

  situation(moment: Date): Situation {
    return this.policies.situation(moment);
  }

  liveStrategies(): Strategy[] {
    return this.catalogue.published();
  }

  /** How many customers there are of whom facts are known. */
  async count(keepAlive: () => Promise<void>): Promise<number> {
    let count = 0;
    for await (const page of this.pages(keepAlive)) count += page.filter(({ orgPath }) => orgPath !== null).length;
    return count;
  }

  /** The customers of the sample: the same share of any base by a hash, so that two simulations look at the same people. */
  async sample(share: number, countMax: number, keepAlive: () => Promise<void>): Promise<SampledCustomer[]> {
    const sampled: SampledCustomer[] = [];
    for await (const page of this.pages(keepAlive)) {
      for (const { customerId, orgPath } of page) {
        const isDrawn = stableHash(`sample|${customerId}`) < share * 2 ** 32;
        if (isDrawn && orgPath !== null && sampled.length < countMax) sampled.push({ customerId, orgPath });
      }
    }
    return sampled;
  }

  /** All customers in the order of their ids. */
  private async *pages(
    keepAlive: () => Promise<void>,
  ): AsyncGenerator<{ customerId: string; orgPath: string | null }[]> {
    for (let after = ''; ;) {
      await keepAlive();
      const page = await this.customers.listOwners(after, IDS_PER_READ);
      yield page;
      if (page.length < IDS_PER_READ) return;
      after = page.at(-1)?.customerId ?? '';
    }
  }

  /** The customers as they are now, a few at a time. */
  async *eachStates(
    sampled: readonly SampledCustomer[],
  ): AsyncGenerator<{ first: number; states: (CustomerState | undefined)[] }> {
    for (const { first, ids } of turnsOf(sampled)) {
      const states = await this.customers.findMany(ids);
      yield { first, states: ids.map((customerId) => states.get(customerId)) };
    }
  }

  /** The customers as they are now, a few at a time, with the models' word. One that is gone is left out. */
  async *eachTurn(
    sampled: readonly SampledCustomer[],
    candidates: readonly Candidate[],
  ): AsyncGenerator<{ first: number; states: (ScoredState | undefined)[] }> {
    for (const { first, ids } of turnsOf(sampled)) {
      const states = await this.customers.findPersons(ids);
      const scorer = new Scorer(this.models, this.clock.now());
      await scorer.prepare([...states.values()].filter(hasFacts), candidates);
      yield {
        first,
        states: ids.map((customerId) => {
          const state = states.get(customerId);
          return state !== undefined && hasFacts(state) ? scored(asPerson(state, states), scorer) : undefined;
        }),
      };
    }
  }

  /** Seats and quotas of a day as they stand now, promises for it included. */
  openBook(candidates: readonly Candidate[], moment: Date): Promise<ScarceBook> {
    const { zone } = this;
    const queues = queuesOf(candidates);
    const limited = candidates.filter(({ strategy }) => strategy.quota > 0);
    const strategyIds = new Set(limited.map(({ strategy }) => strategy.strategyId));
    const quotaIds = candidates.flatMap(({ treatment }) => treatment.quotaUses.map(({ quotaId }) => quotaId));
    const window = daysAhead(zone, moment);
    return this.quotas
      .openBook(quotaIds, { timeZone: zone, now: moment })
      .then((quotas) => this.capacities.openBook({ queues, window, strategyIds, quotas }));
  }

  /** Seats of a day with those of the owners, as they stand now. */
  openOwnCapacity(candidates: readonly Candidate[], moment: Date, owners: readonly Owner[]): Promise<CapacityBook> {
    const window = daysAhead(this.zone, moment);
    return this.capacities.openCapacity({ queues: queuesOf(candidates), window, owners });
  }
}

const queuesOf = (candidates: readonly Candidate[]): Set<string> =>
  new Set(candidates.map(({ treatment }) => treatment.queue).filter((queue) => queue !== ''));

const scored = (state: KnownCustomer, scorer: Scorer): ScoredState => ({
  state,
  propensities: {
    of: (_, candidate) => scorer.propensityOf(state, candidate),
    neutralOf: (_, candidate) => scorer.neutralOf(candidate),
  },
});

function* turnsOf(sampled: readonly SampledCustomer[]): Generator<{ first: number; ids: string[] }> {
  for (let first = 0; first < sampled.length; first += CUSTOMERS_PER_TURN) {
    yield { first, ids: sampled.slice(first, first + CUSTOMERS_PER_TURN).map(({ customerId }) => customerId) };
  }
}
