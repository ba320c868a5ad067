import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Desk } from '../domain/desk';
import type { Lead } from '../domain/lead';
import { PersonLinkRepository } from '@tidegate/person-links';
import type { Persons } from '@tidegate/persons';
import { ownKeysOf, teamKeysOf } from '../domain/rank';
import { roomOf, type Seat } from '../domain/seat';
import { LeadRepository, type KeptKeys } from '../repositories/lead.repository';
import { QueueRepository } from '../repositories/queue.repository';
import { SeatRepository } from '../repositories/seat.repository';
import { StrategyStateRepository } from '../repositories/strategy-state.repository';
import { TalkRepository } from '../repositories/talk.repository';
import { arrivedOf, leadIdsOf, seatIdOf, type DeskCommand } from './desk-command';

/** Queues that one commit brings leads and seats together in; the rest follow in the next. */
export const QUEUES_MAX = 64;
/** Leads and free seats of one queue that one commit looks at. */
const WAITING_MAX = 500;
const FREE_SEATS_MAX = 200;
/** Waiting leads read beyond the room there is, because some cool off from just these seats. */
const WAITING_SPARE = 20;

/** Reads what a batch of commands needs into a desk, by key and by index only. */
@Injectable()
export class DeskLoader {
  constructor(
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
    private readonly queues: QueueRepository,
    private readonly talks: TalkRepository,
    private readonly links: PersonLinkRepository,
    private readonly strategies: StrategyStateRepository,
  ) {}

  async load(commands: DeskCommand[], now: Date, tx: Transaction): Promise<Desk> {
    // A queue does not leave a seat that is put on it meanwhile.
    if (commands.some((command) => command.kind === 'put-seat' && command.terms.queues.length > 0)) {
      await this.queues.lockLines(tx);
    }
    // One after another: a session runs one operation at a time.
    const seats = await this.seats.findMany(unique(commands.flatMap(seatIdsOf)), tx);
    const leads = await this.leads.findMany(
      unique([...commands.flatMap(leadIdsOf), ...leadsOfChangedSeats(commands, seats)]),
      tx,
    );
    const persons = await this.personsOf(commands, leads, tx);
    const arrived = profilesOf(persons, arrivedOf(commands).flat());
    for (const lead of await this.leads.listOpenOf(arrived, tx)) leads.set(lead.leadId, lead);
    const released = new Set(commands.flatMap((command) => (command.kind === 'release' ? command.release.leadId : [])));
    const holders = [...leads.values()]
      .flatMap(({ leadId, seatId, preferredSeatId }) => (released.has(leadId) ? [seatId, preferredSeatId] : seatId))
      .filter((seatId) => seatId !== '' && !seats.has(seatId));
    for (const [seatId, seat] of await this.seats.findMany(unique(holders), tx)) seats.set(seatId, seat);
    const queues = await this.queues.findWithOverflow(unique(queuesOf(commands, leads, seats)), tx);
    const talks = await this.talks.findMany(profilesOf(persons, customersOf(commands, leads)), tx);
    return new Desk(queues, seats, leads, now, talks, persons);
  }

  /**
   * Offers what waits to who is free, in the queues where the commands changed something.
   * @returns queues that were left for another commit
   */
  async bringTogether(desk: Desk, tx: Transaction): Promise<string[]> {
    const hungry = desk.hungryQueues;
    const withNews = new Set(desk.queuesWithNews);
    const cut: string[] = [];
    const held = hungry.length > 0 || desk.hasWaiting ? await this.strategies.listHeld(tx) : [];
    desk.holdBack(held);
    const [waiting, freeSeats]: [Lead[], Map<string, Seat>] = [[], new Map()];
    for (const queue of hungry.slice(0, QUEUES_MAX)) {
      const free = withNews.has(queue) ? await this.freeIn(queue, tx) : [];
      for (const seat of free) freeSeats.set(seat.seatId, seat);
      const room = desk.roomIn(queue, free);
      if (room === 0) continue;
      const spare = desk.changedLeadCount + WAITING_SPARE;
      const limit = Math.min(room + spare, WAITING_MAX);
      const found = await this.leads.listWaiting({ queue, held }, limit, tx);
      if (found.length === WAITING_MAX) cut.push(queue);
      const kept = keptFor(desk.seatsWithRoom(queue, free), spare);
      waiting.push(...found, ...(await this.leads.listKept({ queue, held }, kept, tx)));
    }
    const customerIds = unique(waiting.map(({ customerId }) => customerId));
    desk.learnPersons(await this.links.listOfPersons(customerIds, tx));
    desk.learnTalks(await this.talks.findMany(desk.profilesOf(customerIds), tx));
    const offerCount = desk.assign(waiting, [...freeSeats.values()]);
    // Without an offer there is no progress, and looking again at once would find the same.
    return [...hungry.slice(QUEUES_MAX), ...(offerCount > 0 ? cut : [])];
  }

  /** Free seats of a queue: some of many, and among them those that a lead waits for alone. */
  private async freeIn(queue: string, tx: Transaction): Promise<Seat[]> {
    const some = await this.seats.listFree(queue, FREE_SEATS_MAX, tx);
    if (some.length < FREE_SEATS_MAX) return some;
    const { seatIds, teamIds } = await this.leads.listKeptFor(queue, tx);
    const known = new Set(some.map(({ seatId }) => seatId));
    const owners = await this.seats.findMany(
      seatIds.filter((seatId) => !known.has(seatId)),
      tx,
    );
    const named = [...owners.values(), ...(await this.seats.listOfTeams(teamIds, tx))];
    const meant = named.filter((seat) => roomOf(seat) > 0 && seat.queues.includes(queue) && !known.has(seat.seatId));
    return [...some, ...meant.slice(0, FREE_SEATS_MAX)];
  }

  async save(desk: Desk, tx: Transaction): Promise<void> {
    await this.leads.addMany(desk.leadsToAdd, tx);
    await this.leads.saveMany(desk.leadsToSave, tx);
    await this.seats.saveMany(desk.seatsToSave, tx);
    await this.talks.saveMany(desk.talksToSave, desk.storedTalks, tx);
  }

  /** What is known of the persons of the customers, and what agents were just told of those who came. */
  private async personsOf(commands: DeskCommand[], leads: Map<string, Lead>, tx: Transaction): Promise<Persons> {
    const persons = await this.links.find(customersOf(commands, leads), tx);
    for (const profiles of arrivedOf(commands)) persons.join(profiles);
    return persons;
  }
}

/** What waits for one of the seats, or one of their teams, alone: as much as they have room for, and some more. */
function keptFor(seats: readonly Seat[], spare: number): KeptKeys[] {
  const rooms = new Map<string, number>();
  for (const seat of seats) rooms.set(seat.teamId, (rooms.get(seat.teamId) ?? 0) + roomOf(seat));
  rooms.delete('');
  const limit = (room: number): number => Math.min(room + spare, WAITING_MAX);
  return [
    ...seats.map((seat) => ({ ...ownKeysOf(seat.seatId), limit: limit(roomOf(seat)) })),
    ...[...rooms].map(([teamId, room]) => ({ ...teamKeysOf(teamId), limit: limit(room) })),
  ];
}

const unique = (values: string[]): string[] => [...new Set(values)];

function seatIdsOf(command: DeskCommand): string[] {
  const named = [seatIdOf(command) ?? '', command.kind === 'hand-over' ? command.answer.toSeatId : ''];
  return named.filter((seatId) => seatId !== '');
}

const customersOf = (commands: DeskCommand[], leads: Map<string, Lead>): string[] =>
  unique([...arrivedOf(commands).flat(), ...[...leads.values()].map(({ customerId }) => customerId)]);

const profilesOf = (persons: Persons, customerIds: string[]): string[] =>
  unique(customerIds.flatMap((customerId) => persons.profilesOf(customerId)));

/** A seat that changes may have to give its offers back. */
const leadsOfChangedSeats = (commands: DeskCommand[], seats: Map<string, Seat>): string[] =>
  commands
    .filter(({ kind }) => kind === 'seat-state' || kind === 'put-seat')
    .flatMap((command) => seats.get(seatIdOf(command) ?? '')?.openLeadIds ?? []);

function queuesOf(commands: DeskCommand[], leads: Map<string, Lead>, seats: Map<string, Seat>): string[] {
  const named = commands.flatMap((command) => {
    if (command.kind === 'feed') return command.queues;
    if (command.kind === 'hand-over') return command.answer.toQueue;
    return command.kind === 'put-seat' ? command.terms.queues : [];
  });
  return [
    ...named,
    ...[...leads.values()].flatMap(({ queue, route }) => [
      queue,
      ...route.map((step) => step.queue).filter((id) => id !== ''),
    ]),
    ...[...seats.values()].flatMap(({ queues }) => queues),
  ];
}
