import { Injectable } from '@nestjs/common';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { encodedEvents, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { recordedJson } from '../../customers.message';
import type { Fact } from '../../domain/fact';
import { IntakeLimit } from '../../intake/intake-limit';
import { FactRepository } from '../../repositories/fact.repository';
import { FeedRepository } from '../../repositories/feed.repository';
import { IntakeLogRepository } from '../../repositories/intake-log.repository';

/** While events pour in, accepting them comes first; a fact waits no longer for it. */
const YIELD_MS_MAX = 1_000;

/** Files accepted facts with their customers and tells them, each once per (source, id). */
@Injectable()
export class FileFactsUseCase {
  constructor(
    private readonly log: IntakeLogRepository,
    private readonly facts: FactRepository,
    private readonly feed: FeedRepository,
    private readonly intake: IntakeLimit,
    private readonly clock: Clock,
  ) {}

  /** @param receivedAt when the oldest of the entries was accepted */
  async execute(entryIds: readonly string[], receivedAt: Date, tx: Transaction): Promise<void> {
    await this.intake.yieldToFlood(YIELD_MS_MAX - (Date.now() - receivedAt.getTime()));
    const entries = await this.log.read(entryIds, tx);
    const isTaken = await this.takenAmong(
      entries.flatMap(({ facts }) => facts),
      tx,
    );
    const fresh: Fact[] = [];
    for (const { entryId, facts } of entries) {
      const repeatedIds: string[] = [];
      for (const fact of facts) {
        if (isTaken.has(fact.factId)) repeatedIds.push(fact.factId);
        else fresh.push(fact);
        isTaken.add(fact.factId);
      }
      if (repeatedIds.length < facts.length) this.feed.tellFacts({ entryId, repeatedIds }, tx);
    }
    if (fresh.length === 0) return;
    await this.facts.addMany(fresh, this.clock.now(), tx);
    await this.feed.write(tx);
    const told = fresh.map((fact) => ({ subject: fact.customerId, dataJson: recordedJson(fact) }));
    for (const each of encodedEvents(FactRecorded, told)) tx.emit(each);
  }

  /** The first try expects none; a duplicate key makes the next one look. */
  private async takenAmong(facts: readonly Fact[], tx: Transaction): Promise<Set<string>> {
    if (tx.attempt === 1) return new Set();
    return this.facts.findIds(
      facts.map(({ factId }) => factId),
      tx,
    );
  }
}
