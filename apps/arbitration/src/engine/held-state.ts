import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModelSlotChanged } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { MessageBus } from '@tidegate/messaging';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { CounterBook } from '../past-facts/counter-book';
import { RevisionRepository, type Held } from '../repositories/revision.repository';
import { EngagementHolder } from './engagement-holder';
import { ModelRegistry } from './model-registry';
import { PolicyHolder } from './policy-holder';
import { StrategyCatalogue } from './strategy-catalogue';
import { toSnapshot } from './strategy-message';

const POLL_MS = 2_000;

const log = logger('held-state');

/**
 * Keeps what a replica holds in memory up to date: the change of a strategy or a model slot is heard live, and a small read every two seconds finds whatever
 * was missed or changed by another replica.
 */
@Injectable()
export class HeldState implements OnModuleInit {
  private seen = new Map<Held, number>();
  /** One look at a time: two at once could put an older state over a newer one. */
  private last: Promise<void> = Promise.resolve();
  private listening: (() => void)[] = [];

  constructor(
    private readonly revisions: RevisionRepository,
    private readonly policies: PolicyHolder,
    private readonly engagement: EngagementHolder,
    private readonly strategies: StrategyCatalogue,
    private readonly models: ModelRegistry,
    private readonly counters: CounterBook,
    private readonly bus: MessageBus,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.listening = [
      this.bus.listen(StrategyChanged, ({ data }) => {
        const snapshot = toSnapshot(data);
        if (snapshot !== null) this.strategies.hold(snapshot);
      }),
      this.bus.listen(ModelSlotChanged, () => {
        this.refresh().catch((err: unknown) => log.warn({ err }, 'a change of a model slot waits for the next look'));
      }),
    ];
    this.tasks.every(POLL_MS, 'held-state', () => this.refresh());
  }

  onModuleDestroy(): void {
    for (const stop of this.listening) stop();
  }

  /** Loads what changed since the last time; whatever was committed before the call is held when it returns. */
  refresh(): Promise<void> {
    const next = this.last.then(() => this.look());
    this.last = next.catch(() => undefined);
    return next;
  }

  private async look(): Promise<void> {
    const current = await this.revisions.findAll();
    const isChanged = (held: Held): boolean => !this.seen.has(held) || this.seen.get(held) !== current.get(held);
    // The policy first: strategies are compiled for the bank's own day.
    if (isChanged('counters')) await this.counters.load();
    if (isChanged('policy')) await this.policies.load();
    if (isChanged('policy') || isChanged('engagement'))
      await this.engagement.load(this.policies.utcOffsetMinutes(this.clock.now()));
    if (isChanged('policy') || isChanged('strategies')) await this.strategies.load();
    if (isChanged('models')) await this.models.load();
    this.seen = current;
  }
}
