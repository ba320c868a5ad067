import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { hashInput, Mongo, requestIdReused } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { RfmQuery, type RfmChange } from '../../columnar/rfm-query';
import { customerChanged } from '../../customers.message';
import { changed } from '../../domain/customer';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FeedRepository } from '../../repositories/feed.repository';
import { RfmRunRepository, type RfmRun } from '../../repositories/rfm-run.repository';
import type { ComputeRfmInput } from './compute-rfm.request';

const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;

/** Recomputes RFM quintiles over a window; only profiles whose score moved are written. */
@Injectable()
export class ComputeRfmUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly runs: RfmRunRepository,
    private readonly customers: CustomerRepository,
    private readonly feed: FeedRepository,
    private readonly query: RfmQuery,
    private readonly clock: Clock,
  ) {}

  /** @throws RFM_RUNNING, REQUEST_ID_REUSED, COPY_BEHIND */
  async execute({ requestId, ...input }: ComputeRfmInput): Promise<{ customerCount: number; tookMs: number }> {
    const startedAt = performance.now();
    const earlier = await this.begin(requestId, hashInput(input));
    if (earlier) return earlier;
    const now = this.clock.now();
    const until = input.asOf ?? now;
    const from = new Date(until.getTime() - input.windowDays * DAY_MS);
    try {
      const window = { eventType: input.eventType || 'transaction', from, until };
      const cells = await this.query.compute(window, (changes) => this.store(requestId, changes, now));
      const customerCount = cells.reduce((sum, cell) => sum + cell.customerCount, 0);
      const tookMs = performance.now() - startedAt;
      await this.put(requestId, { state: 'completed', customerCount, tookMs, cells, computedAt: now });
      return { customerCount, tookMs };
    } catch (error) {
      // The same request may come again.
      await this.mongo.transaction((tx) => this.runs.remove(requestId, tx));
      throw error;
    }
  }

  /** The answer of an earlier call with the same id, or the place of the one run there may be. */
  private async begin(requestId: string, inputHash: string): Promise<RfmRun | undefined> {
    return this.mongo.transaction(async (tx) => {
      await this.runs.lock(tx);
      const earlier = await this.runs.find(requestId, tx);
      if (earlier && earlier.inputHash !== inputHash) throw requestIdReused(requestId);
      if (earlier?.state === 'completed') return earlier;
      const running = await this.runs.listRunning(tx);
      if (running.some(({ leaseUntil }) => leaseUntil > new Date())) throw rfmRunning();
      // What is left is of a process that died.
      for (const dead of running) await this.runs.remove(dead.requestId, tx);
      const empty = { customerCount: 0, tookMs: 0, cells: [], computedAt: null };
      await this.runs.put({ requestId, inputHash, state: 'running', leaseUntil: leaseUntil(), ...empty }, tx);
      return undefined;
    });
  }

  private async store(requestId: string, changes: readonly RfmChange[], now: Date): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const held = await this.customers.findMany(
        changes.map(({ customerId }) => customerId),
        tx,
      );
      const updated = changes.flatMap(({ customerId, score }) => {
        const customer = held.get(customerId);
        return customer ? [changed(customer, { rfm: score && { ...score, computedAt: now } })] : [];
      });
      await this.customers.saveMany(updated, tx);
      await this.feed.write(tx);
      for (const customer of updated) tx.emit(customerChanged(customer));
    });
    await this.put(requestId, { leaseUntil: leaseUntil() });
  }

  private async put(requestId: string, change: Partial<RfmRun>): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const run = await this.runs.find(requestId, tx);
      if (!run) throw rfmRunning();
      await this.runs.put({ ...run, ...change }, tx);
    });
  }
}

const leaseUntil = (): Date => new Date(Date.now() + LEASE_MS);

const rfmRunning = (): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'RFM_RUNNING',
    message: 'RFM scores are being computed already.',
    retryAfterMs: 5_000,
  });
