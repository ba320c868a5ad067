import { Injectable } from '@nestjs/common';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { invalid } from '@tidegate/errors';
import { encodedEvents, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { recordedJson } from '../../customers.message';
import { eventFault, factOf, type IncomingEvent, type Refusal } from '../../domain/incoming-event';
import { IntakeLimit } from '../../intake/intake-limit';
import { SubjectDirectory } from '../../intake/subject-directory';
import { FactLogRepository } from '../../repositories/fact-log.repository';
import { FeedRepository } from '../../repositories/feed.repository';

const EVENTS_MAX = 1_000;

/** A fact as it is stored and told: the JSON of FactRecorded about a customer. */
interface Recorded {
  factId: string;
  subject: string;
  dataJson: string;
}

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
    private readonly log: FactLogRepository,
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

  private async read(
    events: readonly IncomingEvent[],
    actor: Actor,
  ): Promise<{ facts: Recorded[]; refused: Refusal[] }> {
    const now = this.clock.now();
    const faults = events.map((each) => eventFault(each, now));
    const customerIds = await this.subjects.resolve(wellFormedSubjects(events, faults));
    const facts: Recorded[] = [];
    const refused: Refusal[] = [];
    for (const [index, each] of events.entries()) {
      const customerId = customerIds.get(each.subject);
      const refuse = (reason: string, message: string): void =>
        void refused.push({ index, id: each.id, reason, message });
      if (faults[index] !== undefined) refuse('EVENT_INVALID', faults[index]);
      else if (customerId === undefined) refuse('EVENT_CUSTOMER_UNKNOWN', 'There is no customer of this subject.');
      else if (actor.kind === 'customer' && actor.id !== customerId) {
        refuse('EVENT_NOT_YOURS', 'This event is about another customer.');
      } else facts.push(recorded(each, customerId, now));
    }
    return { facts, refused };
  }

  /** How many were new. The first try expects all of them to be; a duplicate key makes the next one look. */
  private async store(facts: readonly Recorded[]): Promise<number> {
    return this.mongo.transaction(async (tx) => {
      const ids = facts.map(({ factId }) => factId);
      const taken = tx.attempt === 1 ? new Set<string>() : await this.log.findIds(ids, tx);
      const fresh = facts.filter(({ factId }) => !taken.has(factId));
      if (fresh.length === 0) return 0;
      await this.log.append(fresh, tx);
      await this.feed.write(tx);
      for (const each of encodedEvents(FactRecorded, fresh)) tx.emit(each);
      return fresh.length;
    });
  }
}

function wellFormedSubjects(events: readonly IncomingEvent[], faults: readonly (string | undefined)[]): Set<string> {
  const subjects = new Set<string>();
  events.forEach(({ subject }, index) => faults[index] === undefined && subjects.add(subject));
  return subjects;
}

function recorded(event: IncomingEvent, customerId: string, now: Date): Recorded {
  const fact = factOf(event, customerId, now);
  return { factId: fact.factId, subject: customerId, dataJson: recordedJson(fact, event.dataJson) };
}
