import { Injectable } from '@nestjs/common';
import { LeadCreated } from '@tidegate/contracts/leads/v1/leads_events';
import {
  type CloudEvent,
  GroupCommitter,
  Mongo,
  newId,
  type OutboxMessage,
  RequestBook,
  settle,
  type Settled,
  subjectOfType,
  type Transaction,
} from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { Desk } from '../domain/desk';
import { checkMayUse } from '../domain/seat';
import { noteEntry } from '../domain/thread';
import { ThreadRepository } from '../repositories/thread.repository';
import { requestKeyOf, seatIdOf, type DeskAnswer, type DeskCommand } from './desk-command';
import { DeskLoader } from './desk-loader';
import { toLeadEvent } from './lead-events';

const log = logger('lead-desk');

const eventsOf = ({ body }: OutboxMessage): CloudEvent[] => JSON.parse(body) as CloudEvent[];

/**
 * Where leads and seats meet. Concurrent requests are gathered and committed as one transaction, and what they free is
 * offered anew in that same commit, so a backlog drains by itself at the pace of its seats (ADR 0002). Replicas work side
 * by side: two that touch the same lead or seat meet in a write conflict, and one of them reads again.
 */
@Injectable()
export class LeadDesk {
  private readonly committer: GroupCommitter<DeskCommand, DeskAnswer>;
  private readonly hungry = new Set<string>();
  private feeding: Promise<void> | undefined;

  constructor(
    private readonly mongo: Mongo,
    private readonly loader: DeskLoader,
    private readonly threads: ThreadRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, { name: 'desk', commit: (commands, tx) => this.commit(commands, tx) });
    this.feedNewLeads();
  }

  submit(command: DeskCommand): Promise<DeskAnswer> {
    return this.committer.submit(command);
  }

  /** As submit, for what an event tells: within its own transaction. */
  async within(command: DeskCommand, tx: Transaction): Promise<void> {
    await this.commit([command], tx);
  }

  /** Brings the waiting leads of queues to their free seats; calls made meanwhile share the next commit. */
  feed(queues: Iterable<string>): Promise<void> {
    for (const queue of queues) this.hungry.add(queue);
    this.feeding ??= this.feedAll().finally(() => (this.feeding = undefined));
    return this.feeding;
  }

  /** Like feed, for when nobody waits; what fails here is found again by the periodic sweep. */
  feedLater(queues: Iterable<string>): void {
    this.feed(queues).catch((err: unknown) =>
      log.warn({ err }, 'leads could not be offered now; the sweep will try again'),
    );
  }

  private async feedAll(): Promise<void> {
    while (this.hungry.size > 0) {
      const queues = [...this.hungry];
      this.hungry.clear();
      await this.committer.submit({ kind: 'feed', queues });
    }
  }

  /** Leads are created by the consumer's own commit; only after it can the desk see them. */
  private feedNewLeads(): void {
    const subject = subjectOfType(LeadCreated.$type);
    this.mongo.onCommit((messages) => {
      const created = messages.filter((message) => message.subject === subject).flatMap(eventsOf);
      const queues = created.map(({ data }) => LeadCreated.fromJSON(data).lead?.queue ?? '');
      if (queues.length > 0) this.feedLater(new Set(queues));
    });
  }

  private async commit(commands: DeskCommand[], tx: Transaction): Promise<Settled<DeskAnswer>[]> {
    const book = await RequestBook.open<DeskAnswer>(commands.map(requestKeyOf), this.mongo, tx);
    const desk = await this.loader.load(commands, this.clock.now(), tx);
    const repeats = new Set<number>();
    const done = commands.map((command, index) => {
      const before = book.repeatOf(index);
      if (!before) {
        const answer = settle(() => apply(desk, command));
        book.answered(index, answer);
        return answer;
      }
      repeats.add(index);
      return guardRepeat(desk, command, before);
    });
    const left = await this.loader.bringTogether(desk, tx);
    const answers = done.map((answer, index) => {
      const command = commands[index];
      if (!command || repeats.has(index)) return answer;
      const whole = withSeat(desk, command, answer);
      book.answered(index, whole);
      return whole;
    });
    await this.loader.save(desk, tx);
    await this.threads.addMany(
      desk.notes.map((note) => noteEntry(note, newId(), this.clock.now())),
      tx,
    );
    await book.save(this.mongo, tx);
    for (const change of desk.changes) tx.emit(toLeadEvent(change));
    // The next commit starts after this one, so it sees what this one wrote.
    if (left.length > 0) setImmediate(() => this.feedLater(left));
    return answers;
  }
}

function apply(desk: Desk, command: DeskCommand): DeskAnswer {
  switch (command.kind) {
    case 'accept':
      return { lead: desk.accept(command.answer) };
    case 'decline':
      return { lead: desk.decline(command.answer) };
    case 'dispose':
      return { lead: desk.dispose(command.answer) };
    case 'hand-over':
      return { lead: desk.handOver(command.answer) };
    case 'take-over':
      return desk.takeOver(command.arrival);
    case 'release':
      return { lead: desk.release(command.release) };
    case 'seat-state':
      desk.setSeatState(command.seatId, command.state, command.user);
      return {};
    case 'put-seat':
      desk.setUpSeat(command.terms, command.user);
      return {};
    case 'time-up':
      for (const leadId of command.leadIds) desk.timeUp(leadId);
      return {};
    case 'retract':
      for (const [leadId, reason] of command.reasons) desk.retract(leadId, reason);
      return {};
    case 'hours':
      for (const [leadId, hours] of command.hours) desk.keepHours(leadId, hours);
      return {};
    case 'stop':
      for (const leadId of command.leadIds) desk.stop(leadId);
      return {};
    case 'feed':
      for (const queue of command.queues) desk.feed(queue);
      return {};
  }
}

/** A repeat is answered only to whom the first answer could have been given. */
function guardRepeat(desk: Desk, command: DeskCommand, before: Settled<DeskAnswer>): Settled<DeskAnswer> {
  return settle(() => {
    if ('answer' in command) checkMayUse(desk.getSeat(command.answer.seatId), command.answer.user);
    if ('release' in command) desk.checkMayRelease(command.release.leadId, command.release.user);
    if ('arrival' in command) checkMayUse(desk.getSeat(command.arrival.seatId), command.arrival.user);
    if ('error' in before) throw before.error;
    return before.value;
  });
}

/** A seat is answered as it is after the offers of this commit. */
function withSeat(desk: Desk, command: DeskCommand, answer: Settled<DeskAnswer>): Settled<DeskAnswer> {
  const seatId = seatIdOf(command);
  const isAboutSeat = command.kind === 'seat-state' || command.kind === 'put-seat';
  return isAboutSeat && seatId && 'value' in answer ? { value: { seat: desk.getSeat(seatId) } } : answer;
}
