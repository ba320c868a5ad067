import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { compileStrategy, type StrategySnapshot } from '../domain/compile-strategy';
import { CounterBook } from '../past-facts/counter-book';
import { pullCandidatesOf, type Candidate, type Strategy } from '../domain/strategy';
import { StrategyRepository } from '../repositories/strategy.repository';
import { PolicyHolder } from './policy-holder';

const log = logger('strategies');

interface Entry {
  strategy: Strategy;
  snapshot: StrategySnapshot;
  utcOffsetMinutes: number;
}

/** Published strategies, compiled once and held in memory: a decision parses and loads nothing. */
@Injectable()
export class StrategyCatalogue {
  private readonly entries = new Map<string, Entry>();
  /** Candidates of a pull by its set of channels; emptied when a strategy changes. */
  private readonly pulls = new Map<string, Candidate[]>();

  constructor(
    private readonly strategies: StrategyRepository,
    private readonly policies: PolicyHolder,
    private readonly pastFacts: CounterBook,
    private readonly clock: Clock,
  ) {}

  find(strategyId: string): Strategy | undefined {
    return this.entries.get(strategyId)?.strategy;
  }

  /** All that are in force, whatever their dates. */
  published(): Strategy[] {
    return [...this.entries.values()]
      .map(({ strategy }) => strategy)
      .filter(({ state }) => state === 'published')
      .sort((left, right) => (left.strategyId < right.strategyId ? -1 : 1));
  }

  /** Benefit stocks that strategies in force name; the same again for several treatments. */
  benefitStockIds(): string[] {
    return this.published().flatMap(({ actions }) =>
      actions.flatMap(({ treatments }) =>
        treatments.map(({ benefitStockId }) => benefitStockId).filter((stockId) => stockId !== ''),
      ),
    );
  }

  /** Everything that a pull on these channels may offer; dates are the funnel's business. */
  pullCandidates(channels: readonly string[]): readonly Candidate[] {
    const key = [...channels].sort().join('|');
    let candidates = this.pulls.get(key);
    if (candidates === undefined) {
      const wanted = new Set(channels);
      candidates = [...this.entries.values()]
        .filter(({ strategy }) => strategy.state === 'published')
        .flatMap(({ strategy }) => pullCandidatesOf(strategy, wanted));
      this.pulls.set(key, candidates);
    }
    return candidates;
  }

  /** Model slots that history facts about an action may teach; undefined when no strategy names the action. */
  modelSlotOf(actionId: string): string | undefined {
    for (const { strategy } of this.entries.values()) {
      const action = strategy.actions.find((known) => known.actionId === actionId);
      if (action !== undefined) return action.modelSlot;
    }
    return undefined;
  }

  /** Takes a snapshot in unless a newer one is held. A snapshot that cannot be compiled is left out, and said so. */
  hold(snapshot: StrategySnapshot): void {
    const held = this.entries.get(snapshot.strategyId);
    const utcOffsetMinutes = this.policies.utcOffsetMinutes(this.clock.now());
    const isNewer = held === undefined || snapshot.revision > held.snapshot.revision;
    if (!isNewer && held.utcOffsetMinutes === utcOffsetMinutes) return;
    try {
      const newest = isNewer ? snapshot : held.snapshot;
      const entry = {
        strategy: compileStrategy(newest, { utcOffsetMinutes, pastFacts: this.pastFacts }),
        snapshot: newest,
        utcOffsetMinutes,
      };
      this.entries.set(snapshot.strategyId, entry);
    } catch (err) {
      // An older revision must not go on in the place of one that campaigns has put in force.
      this.entries.delete(snapshot.strategyId);
      log.error({ err, strategyId: snapshot.strategyId }, 'a published strategy cannot be compiled and is not offered');
    }
    this.pulls.clear();
  }

  /** Reads those that are newer than what is held. */
  async load(): Promise<void> {
    const revisions = await this.strategies.listRevisions();
    const newer = [...revisions].filter(([id, revision]) => revision > (this.entries.get(id)?.snapshot.revision ?? 0));
    // The bank's own day may have changed for those that are held.
    for (const { snapshot } of [...this.entries.values()]) this.hold(snapshot);
    for await (const page of this.strategies.pagesOf(newer.map(([id]) => id))) {
      for (const snapshot of page) this.hold(snapshot);
    }
  }
}
