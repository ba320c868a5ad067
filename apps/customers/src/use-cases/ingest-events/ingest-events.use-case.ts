import { Injectable } from '@nestjs/common';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { invalid } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { Fact } from '../../domain/fact';
import { eventFault, factOf, type IncomingEvent, type Refusal } from '../../domain/incoming-event';
import { IntakeLimit } from '../../intake/intake-limit';
import { SubjectDirectory } from '../../intake/subject-directory';
import { FactRepository } from '../../repositories/fact.repository';
import { FeedRepository } from '../../repositories/feed.repository';

const EVENTS_MAX = 1_000;
export interface Intake {
  acceptedCount: number;
  duplicateCount: number;
  refused: Refusal[];
}

/** Accepts facts durably, once per (source, id). One bad event never fails its neighbours. */
@Injectable()
export class IngestEventsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly facts: FactRepository,
    private readonly feed: FeedRepository,
    private readonly subjects: SubjectDirectory,
    private readonly limit: IntakeLimit,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, INTAKE_BUSY */
  async execute(events: readonly IncomingEvent[], actor: Actor): Promise<Intake> {
    if (events.length === 0 || events.length > EVENTS_MAX) {
      throw invalid([{ field: 'events', description: `must have 1 to ${EVENTS_MAX} events` }]);
    }
    return this.limit.call(async () => {
      const { facts, refused } = await this.read(events, actor);
      const fresh = new Map(facts.map((fact) => [fact.factId, fact]));
      const acceptedCount = fresh.size === 0 ? 0 : await this.limit.write(() => this.store([...fresh.values()]));
      return { acceptedCount, duplicateCount: facts.length - acceptedCount, refused };
    });
  }

  private async read(events: readonly IncomingEvent[], actor: Actor): Promise<{ facts: Fact[]; refused: Refusal[] }> {
    const now = this.clock.now();
    const faults = events.map((each) => eventFault(each, now));
    const customerIds = await this.subjects.resolve(wellFormedSubjects(events, faults));
    const facts: Fact[] = [];
    const refused: Refusal[] = [];
    for (const [index, each] of events.entries()) {
      const customerId = customerIds.get(each.subject);
      const refuse = (reason: string, message: string): void =>
        void refused.push({ index, id: each.id, reason, message });
      if (faults[index] !== undefined) refuse('EVENT_INVALID', faults[index]);
      else if (customerId === undefined) refuse('EVENT_CUSTOMER_UNKNOWN', 'There is no customer of this subject.');
      else if (actor.kind === 'customer' && actor.id !== customerId) {
        refuse('EVENT_NOT_YOURS', 'This event is about another customer.');
      } else facts.push(factOf(each, customerId, now));
    }
    return { facts, refused };
  }

  /** How many were new. The first try expects all of them to be; a duplicate key makes the next one look. */
  private async store(facts: Fact[]): Promise<number> {
    let tries = 0;
    return this.mongo.transaction(async (tx) => {
      tries += 1;
      const taken =
        tries === 1
          ? undefined
          : await this.facts.findIds(
              facts.map(({ factId }) => factId),
              tx,
            );
      const fresh = taken ? facts.filter(({ factId }) => !taken.has(factId)) : facts;
      if (fresh.length === 0) return 0;
      await this.facts.addMany(fresh, tx);
      await this.feed.write(tx);
      for (const fact of fresh) tx.emit(factRecorded(fact));
      return fresh.length;
    });
  }
}

function wellFormedSubjects(events: readonly IncomingEvent[], faults: readonly (string | undefined)[]): Set<string> {
  const subjects = new Set<string>();
  events.forEach(({ subject }, index) => faults[index] === undefined && subjects.add(subject));
  return subjects;
}

const factRecorded = ({ factId, type, customerId, data, occurredAt, acceptedAt }: Fact) =>
  event(FactRecorded, customerId, { factId, factType: type, customerId, data, occurredAt, acceptedAt });
