import { Injectable } from '@nestjs/common';
import { FactsReceived } from '@tidegate/contracts/customers/v1/customers_events';
import { invalid } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { recordedJson } from '../../customers.message';
import { eventFault, factOf, type IncomingEvent, type Refusal } from '../../domain/incoming-event';
import { IntakeLimit } from '../../intake/intake-limit';
import { SubjectDirectory } from '../../intake/subject-directory';
import { IntakeLogRepository } from '../../repositories/intake-log.repository';

const EVENTS_MAX = 1_000;

/** A fact as it is stored: the JSON of FactRecorded. */
interface Received {
  factId: string;
  dataJson: string;
}

export interface Intake {
  acceptedCount: number;
  duplicateCount: number;
  refused: Refusal[];
}

/**
 * Accepts facts durably and leaves it to FileFacts to find out which of them came before: whoever tells facts waits for one
 * write, however many they are. One bad event never fails its neighbours.
 */
@Injectable()
export class IngestEventsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly log: IntakeLogRepository,
    private readonly subjects: SubjectDirectory,
    private readonly limit: IntakeLimit,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, INTAKE_BUSY */
  async execute(events: readonly IncomingEvent[], actor: Actor): Promise<Intake> {
    if (events.length === 0 || events.length > EVENTS_MAX) {
      throw invalid([{ field: 'events', description: `must have 1 to ${EVENTS_MAX} events` }]);
    }
    return this.limit.call(events.length, async () => {
      const { facts, refused } = await this.read(events, actor);
      const distinct = [...new Map(facts.map((fact) => [fact.factId, fact])).values()];
      if (distinct.length > 0) await this.limit.write(() => this.store(distinct));
      return { acceptedCount: distinct.length, duplicateCount: facts.length - distinct.length, refused };
    });
  }

  private async read(
    events: readonly IncomingEvent[],
    actor: Actor,
  ): Promise<{ facts: Received[]; refused: Refusal[] }> {
    const now = this.clock.now();
    const faults = events.map((each) => eventFault(each, now));
    const customerIds = await this.subjects.resolve(wellFormedSubjects(events, faults));
    const facts: Received[] = [];
    const refused: Refusal[] = [];
    for (const [index, each] of events.entries()) {
      const customerId = customerIds.get(each.subject);
      const refuse = (reason: string, message: string): void =>
        void refused.push({ index, id: each.id, reason, message });
      if (faults[index] !== undefined) refuse('EVENT_INVALID', faults[index]);
      else if (customerId === undefined) refuse('EVENT_CUSTOMER_UNKNOWN', 'There is no customer of this subject.');
      else if (actor.kind === 'customer' && actor.id !== customerId) {
        refuse('EVENT_NOT_YOURS', 'This event is about another customer.');
      } else facts.push(received(each, customerId, now));
    }
    return { facts, refused };
  }

  private async store(facts: readonly Received[]): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const entryId = await this.log.append(facts, tx);
      tx.emit(event(FactsReceived, entryId, { entryId, factCount: facts.length }));
    });
  }
}

function wellFormedSubjects(events: readonly IncomingEvent[], faults: readonly (string | undefined)[]): Set<string> {
  const subjects = new Set<string>();
  events.forEach(({ subject }, index) => faults[index] === undefined && subjects.add(subject));
  return subjects;
}

function received(incoming: IncomingEvent, customerId: string, now: Date): Received {
  const fact = factOf(incoming, customerId, now);
  return { factId: fact.factId, dataJson: recordedJson(fact, incoming.dataJson) };
}
