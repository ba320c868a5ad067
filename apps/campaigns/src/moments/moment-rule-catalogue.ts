import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { MessageBus } from '@tidegate/messaging';
import { logger } from '@tidegate/observability';
import { utcOffsetMinutes } from '@tidegate/rules';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { CampaignsConfig } from '../campaigns.config';
import { compileDateRule, type DateRule } from '../domain/date-moment';
import type { StrategySnapshot } from '../domain/strategy-snapshot';
import { compileThresholdRule, type ThresholdRule } from '../domain/threshold-moment';
import { SnapshotRepository } from '../repositories/snapshot.repository';

const POLL_MS = 2_000;
const log = logger('moments');

interface CompiledRules {
  revision: number;
  thresholds: ThresholdRule[];
  dates: DateRule[];
}

/**
 * The moment rules of all published strategies, compiled. A change is heard at once over the broker; what was not heard is found
 * by polling.
 */
@Injectable()
export class MomentRuleCatalogue implements OnModuleInit, OnModuleDestroy {
  private byStrategy = new Map<string, CompiledRules>();
  private byFactType = new Map<string, ThresholdRule[]>();
  private dates: DateRule[] = [];
  private offsetMinutes = 0;
  private refreshing: Promise<void> | undefined;
  private isStale = false;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly snapshots: SnapshotRepository,
    private readonly bus: MessageBus,
    private readonly tasks: PeriodicTasks,
    private readonly clock: Clock,
    private readonly config: CampaignsConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    this.stopListening = this.bus.listen(StrategyChanged, () => {
      this.refresh().catch((err: unknown) => log.warn({ err }, 'moment rules were not refreshed; polling will'));
    });
    await this.refresh();
    this.tasks.every(POLL_MS, 'moment-rules', () => this.refresh());
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  thresholdRulesOf(factType: string): readonly ThresholdRule[] {
    return this.byFactType.get(factType) ?? [];
  }

  dateRules(): readonly DateRule[] {
    return this.dates;
  }

  /** Reads what changed; a call during a refresh makes it run once more. */
  refresh(): Promise<void> {
    this.isStale = true;
    this.refreshing ??= this.refreshWhileStale().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  private async refreshWhileStale(): Promise<void> {
    while (this.isStale) {
      this.isStale = false;
      await this.load();
    }
  }

  private async load(): Promise<void> {
    const offsetMinutes = utcOffsetMinutes(this.clock.now(), this.config.timeZone);
    const hasOffsetChanged = offsetMinutes !== this.offsetMinutes;
    this.offsetMinutes = offsetMinutes;
    const revisions = await this.snapshots.listRevisions();
    const isKnown = (id: string): boolean =>
      !hasOffsetChanged && this.byStrategy.get(id)?.revision === revisions.get(id);
    const changed = [...revisions.keys()].filter((id) => !isKnown(id));
    const isSame = changed.length === 0 && this.byStrategy.size === revisions.size;
    if (isSame) return;
    const compiled = new Map([...this.byStrategy].filter(([id]) => revisions.has(id)));
    for (const snapshot of await this.snapshots.findMany(changed)) {
      compiled.set(snapshot.strategyId, this.compile(snapshot));
    }
    this.byStrategy = compiled;
    this.index();
  }

  private compile(snapshot: StrategySnapshot): CompiledRules {
    const rules: CompiledRules = { revision: snapshot.revision, thresholds: [], dates: [] };
    // It may have been paused since the revisions were read.
    if (snapshot.version.state !== 'published') return rules;
    for (const rule of snapshot.compiled.momentRules) {
      try {
        if (rule.kind === 'threshold') rules.thresholds.push(compileThresholdRule(snapshot, rule, this.offsetMinutes));
        else rules.dates.push(compileDateRule(snapshot, rule, this.offsetMinutes));
      } catch (err) {
        // A rule that was published must not keep the others from working.
        log.error({ err, strategyId: snapshot.strategyId, ruleId: rule.ruleId }, 'a moment rule does not compile');
      }
    }
    return rules;
  }

  private index(): void {
    const all = [...this.byStrategy.values()];
    this.dates = all.flatMap((rules) => rules.dates);
    this.byFactType = new Map();
    for (const rule of all.flatMap((rules) => rules.thresholds)) {
      const rules = this.byFactType.get(rule.factType);
      if (rules === undefined) this.byFactType.set(rule.factType, [rule]);
      else rules.push(rule);
    }
  }
}
