import { Injectable, type OnModuleInit } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { RemoteModel } from '../adapters/remote-model';
import { ArbitrationConfig } from '../arbitration.config';
import { refusesProfilingAnywhere } from '../domain/consent';
import type { CustomerState } from '../domain/customer-state';
import { CircuitBreaker } from '../domain/models/circuit-breaker';
import { answerInvalid } from '../domain/models/inference-protocol';
import type { StoredModel } from '../domain/models/stored-model';
import { modelAttributes } from '../domain/rule-subject';
import { ModelRegistry } from '../engine/model-registry';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { RemoteSweepRepository } from './repositories/remote-sweep.repository';

const EVERY_MS = 500;
const CUSTOMERS_PER_CALL = 250;
/** Changed customers that wait to be scored; the sweep finds those beyond. */
const CHANGED_MAX = 20_000;
/** A write is told of before its commit, so whoever was written is looked at once more after so long. */
const AGAIN_AFTER_MS = 5_000;

const log = logger('models');

/**
 * Keeps what remote models say of each customer with him, so that no decision waits for another server. A customer who changed is scored
 * at once; a sweep over the base, shared by the replicas, renews scores at half their age limit and finds whoever was missed.
 */
@Injectable()
export class RemoteScoringTask implements OnModuleInit {
  private changed = new Set<string>();
  private again: { atMs: number; customerIds: string[] }[] = [];
  private readonly breakers = new Map<string, CircuitBreaker>();

  constructor(
    private readonly models: ModelRegistry,
    private readonly customers: CustomerStateRepository,
    private readonly sweeps: RemoteSweepRepository,
    private readonly config: ArbitrationConfig,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.customers.onWrite((customerIds) => this.noteChanged(customerIds));
    this.tasks.every(EVERY_MS, 'remote-scores', () => this.scoreDue());
  }

  private noteChanged(customerIds: readonly string[]): void {
    if (!this.hasRemote) return;
    for (const customerId of customerIds) {
      if (this.changed.size >= CHANGED_MAX) return;
      this.changed.add(customerId);
    }
  }

  private get hasRemote(): boolean {
    return this.remoteModels().length > 0;
  }

  private remoteModels(): StoredModel[] {
    const all = [...this.models.held.values()].flatMap(({ models }) => [...models.values()]);
    const remote = all.filter(({ kind }) => kind === 'remote');
    return [...new Map(remote.map((model) => [model.modelId, model])).values()];
  }

  private async scoreDue(): Promise<void> {
    const models = this.remoteModels();
    if (models.length === 0) return;
    const changed = this.takeChanged(Date.now());
    for (let from = 0; from < changed.length; from += CUSTOMERS_PER_CALL) {
      const states = await this.customers.findMany(changed.slice(from, from + CUSTOMERS_PER_CALL));
      for (const model of models) await this.score(model, [...states.values()]);
    }
    for (const model of models) await this.sweep(model);
  }

  private takeChanged(nowMs: number): string[] {
    const fresh = [...this.changed];
    this.changed = new Set();
    const due = this.again.filter(({ atMs }) => atMs <= nowMs).flatMap(({ customerIds }) => customerIds);
    this.again = this.again.filter(({ atMs }) => atMs > nowMs);
    if (fresh.length > 0) this.again.push({ atMs: nowMs + AGAIN_AFTER_MS, customerIds: fresh });
    return [...new Set([...fresh, ...due])];
  }

  /** Up to as many parts of the base at once as calls are allowed; which part is next is agreed on in the database. */
  private async sweep(model: StoredModel): Promise<void> {
    if (this.breakerOf(model.modelId).isOpen(Date.now())) return;
    const parts = Array.from({ length: this.config.modelCallsMax }, async () => {
      const customerIds = await this.sweeps.claim(model.modelId, new Date(), renewAfterMs(model));
      if (customerIds.length === 0) return;
      await this.score(model, [...(await this.customers.findMany(customerIds)).values()]);
    });
    await Promise.all(parts);
  }

  /** A server that fails costs its model's scores, and nothing else: decisions fall back when they grow too old. */
  private async score(model: StoredModel, states: readonly CustomerState[]): Promise<void> {
    const now = this.clock.now();
    const due = states.filter((state) => isDue(state, model, now));
    const breaker = this.breakerOf(model.modelId);
    if (due.length === 0 || model.remote === null || !breaker.admits(Date.now())) return;
    try {
      const remote = new RemoteModel(model.remote, model.contract, this.config);
      const scores = await remote.scoreBatch(due.map(({ facts }) => (facts === null ? {} : modelAttributes(facts))));
      const kept = due.flatMap(({ customerId, facts }, index) => {
        const score = scores[index] ?? null;
        return score === null ? [] : { customerId, score: { score, at: now, factsVersion: facts?.version ?? 0 } };
      });
      if (kept.length === 0) throw answerInvalid('no probability for anybody');
      breaker.succeeded();
      await this.customers.keepScores(model.modelId, kept);
    } catch (err) {
      breaker.failed(Date.now());
      log.warn({ err, modelId: model.modelId }, 'a remote model could not be asked');
    }
  }

  private breakerOf(modelId: string): CircuitBreaker {
    let breaker = this.breakers.get(modelId);
    if (breaker === undefined) {
      breaker = new CircuitBreaker();
      this.breakers.set(modelId, breaker);
    }
    return breaker;
  }
}

const renewAfterMs = ({ remote }: StoredModel): number => ((remote?.scoreMaxAgeSeconds ?? 0) * 1_000) / 2;

/** Nothing of who refuses profiling goes to another server. */
function isDue(state: CustomerState, model: StoredModel, now: Date): boolean {
  const { facts, modelScores } = state;
  if (facts === null || refusesProfilingAnywhere(state)) return false;
  const kept = modelScores?.[model.modelId];
  if (kept === undefined || kept.factsVersion < facts.version) return true;
  return now.getTime() - kept.at.getTime() >= renewAfterMs(model);
}
