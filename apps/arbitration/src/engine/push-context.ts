import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { StockRooms } from '../benefit-stocks/stock-rooms';
import { LimitTable } from '../domain/allocation/limit-table';
import { planOf } from '../domain/candidate-plan';
import { windowOf } from '../domain/capacity-window';
import type { CandidateList } from '../domain/left-candidates';
import type { SlotsOf } from '../domain/promise-times';
import { NO_SLOTS } from '../domain/promises';
import type { Push } from '../domain/push';
import { limitTableOf, openLedger, type ContactDays, type LimitLine } from '../domain/push-terms';
import { contactDaysOf } from '../domain/quota-days';
import { candidateKey, candidatesOf, isAwaited, type Candidate, type Strategy } from '../domain/strategy';
import { CapacityRepository } from '../repositories/capacity.repository';
import { QuotaRepository } from '../repositories/quota.repository';
import { derivedId } from './decision-command';
import { LiveStrategies } from './live-strategies';
import { PolicyHolder } from './policy-holder';

/** What a strategy offers in a push. */
interface PushCandidates {
  strategy: Strategy;
  candidates: readonly Candidate[];
  list: CandidateList;
}

/** What a push chooses from, and what limits it. */
export interface PushContext {
  strategy: Strategy;
  candidates: readonly Candidate[];
  keys: string[];
  /** The same for the records of its decisions. */
  list: CandidateList;
  /** Whose the list is: nobody of another part of the organisation is reached by it. */
  orgPath: string;
  ledger: LimitLine[];
  table: LimitTable;
}

/** Ends a step of a push before anything is stored: its strategy is paused, or still to begin. */
export class StrategyAwaited extends Error {}

/** Puts together what a push works with, from its strategy as it is now; of one that is out of force for now alone nothing. */
@Injectable()
export class PushContexts {
  private last: PushCandidates | null = null;

  constructor(
    private readonly strategies: LiveStrategies,
    private readonly capacities: CapacityRepository,
    private readonly quotas: QuotaRepository,
    private readonly policies: PolicyHolder,
    private readonly rooms: StockRooms,
    private readonly clock: Clock,
  ) {}

  /** With the ledger that the push was priced by. @throws StrategyAwaited, STRATEGY_NOT_LIVE */
  async of(push: Push): Promise<PushContext> {
    return contextOf(push, await this.candidates(push.strategyId), push.ledger);
  }

  /** With what is free now. @throws StrategyAwaited, STRATEGY_NOT_LIVE */
  async open(push: Push): Promise<PushContext> {
    const offered = await this.candidates(push.strategyId);
    const { strategy, candidates } = offered;
    const queues = new Set(candidates.map(({ treatment }) => treatment.queue).filter((queue) => queue !== ''));
    const strategyIds = new Set(strategy.quota > 0 ? [strategy.strategyId] : []);
    const quotaIds = candidates.flatMap(({ treatment }) => treatment.quotaUses.map(({ quotaId }) => quotaId));
    const { timeZone } = this.policies.current;
    const now = this.clock.now();
    const quotas = await this.quotas.openBook(quotaIds, { timeZone, now });
    const window = windowOf(push, timeZone, now);
    const book = await this.capacities.openBook({ queues, window, strategyIds, quotas });
    const stockIds = [...new Set(candidates.flatMap(({ treatment }) => treatment.benefitStockId || []))];
    const days = push.horizonDays ? window.slots.flatMap(([day]) => day ?? []) : [];
    const situation = this.policies.situation(now);
    const daysOf: ContactDays = (candidate) => contactDaysOf(candidate, situation, book.capacity.openSlots);
    const ledger = openLedger(candidates, push.terms, book, await this.rooms.open(stockIds, days), daysOf);
    return contextOf(push, offered, ledger);
  }

  /** The slots of people's time that the push may promise. */
  async slotsOf(push: Push, { candidates }: Pick<PushContext, 'candidates'>): Promise<SlotsOf> {
    const queues = new Set(planOf(candidates).queues);
    if (queues.size === 0) return NO_SLOTS;
    const window = windowOf(push, this.policies.current.timeZone, this.clock.now());
    return (await this.capacities.openCapacity({ queues, window })).openSlots;
  }

  /** The same list as long as the strategy is the same, so that what is prepared for it is prepared once. */
  private async candidates(strategyId: string): Promise<PushCandidates> {
    const strategy = await this.strategies.find(strategyId);
    if (strategy === undefined) {
      throw new DomainError({ code: 'NOT_FOUND', reason: 'STRATEGY_NOT_LIVE', message: 'The strategy is not known.' });
    }
    // Of the same strategy that the step asks the rules of: whoever is decided now would be refused for good.
    if (isAwaited(strategy, this.clock.now())) throw new StrategyAwaited('the strategy is not in force');
    if (this.last?.strategy !== strategy) {
      const candidates = candidatesOf(strategy);
      this.last = { strategy, candidates, list: listOf(strategy, candidates) };
    }
    return this.last;
  }
}

function listOf({ strategyId, version }: Strategy, offered: readonly Candidate[]): CandidateList {
  const candidates = offered.map(({ action, treatment }) => ({
    actionId: action.actionId,
    channel: treatment.channel,
  }));
  const texts = candidates.flatMap(({ actionId, channel }) => [actionId, channel]);
  return {
    listId: derivedId('candidates', strategyId, version, ...texts),
    ...{ strategyId, strategyVersion: version, candidates },
  };
}

const contextOf = (push: Push, { strategy, candidates, list }: PushCandidates, ledger: LimitLine[]): PushContext => ({
  strategy,
  candidates,
  list,
  keys: candidates.map(candidateKey),
  orgPath: push.orgPath ?? strategy.orgPath,
  ledger,
  table: limitTableOf(candidates, push.terms, ledger),
});
