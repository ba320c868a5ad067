import { Injectable } from '@nestjs/common';
import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { notFound } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { toLeadEvent } from './lead-events';
import { followCapacity } from '../domain/capacity-move';
import { createLead, isLeadSource, leadIdOf, type Lead, type LeadSource } from '../domain/lead';
import type { LeadOutcome } from '../domain/disposition';
import { ownerKey } from '../domain/lead-owner';
import { retract } from '../domain/lead-moves';
import type { Queue } from '../domain/queue';
import { routeIdsOf, startRoute, type Route } from '../domain/route';
import { seatOfAgent, teamIn } from '../domain/seat';
import { STRATEGY_STOPPED } from '../domain/strategy-state';
import { EarlyCapacityMoveRepository } from '../repositories/early-capacity-move.repository';
import { LeadOwnerRepository } from '../repositories/lead-owner.repository';
import { LeadRepository } from '../repositories/lead.repository';
import { QueueRepository } from '../repositories/queue.repository';
import { RouteRepository } from '../repositories/route.repository';
import { SeatRepository } from '../repositories/seat.repository';
import { StrategyStateRepository } from '../repositories/strategy-state.repository';

/** Leads where they begin, and the queues that are there. */
interface Routed {
  leads: Lead[];
  queues: ReadonlyMap<string, Queue>;
}

/** A decision, with when its channel is quiet next; absent where that never is, or was not told. */
export type ToldDecision = Decision & { quietFrom?: Date };

/** A lead, and what came of it where it ended at once. */
interface Made {
  lead: Lead;
  outcome?: LeadOutcome;
}

/** Makes one lead of each decision that asks for a person, however often and in what order it is told. */
@Injectable()
export class LeadMaker {
  constructor(
    private readonly leads: LeadRepository,
    private readonly queues: QueueRepository,
    private readonly owners: LeadOwnerRepository,
    private readonly seats: SeatRepository,
    private readonly routes: RouteRepository,
    private readonly early: EarlyCapacityMoveRepository,
    private readonly strategies: StrategyStateRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws QUEUE_NOT_FOUND when a decision names a queue that is not set up; it waits in the dead letters until it is */
  async makeAll(decisions: readonly ToldDecision[], tx: Transaction): Promise<void> {
    const sources = new Map(
      decisions
        .map(toSource)
        .filter(isLeadSource)
        .map((source) => [leadIdOf(source.decisionId), source] as const),
    );
    if (sources.size === 0) return;
    const known = await this.leads.findKnown([...sources.keys()], tx);
    const queues = await this.queues.findMany([...new Set([...sources.values()].map(({ queue }) => queue))], tx);
    const now = this.clock.now();
    const created: Lead[] = [];
    for (const [leadId, source] of sources) {
      if (known.has(leadId)) continue;
      const queue = queues.get(source.queue);
      if (!queue) throw notFound('QUEUE_NOT_FOUND', 'There is no such queue.', { queue: source.queue });
      created.push(createLead(source, queue, now));
    }
    const owned = await this.withOwners(await this.withTeams(created, queues, tx), tx);
    const routed = await this.withRoutes(owned, queues, now, tx);
    const followed = await this.stopped(await this.afterEarlyMoves(routed.leads, routed.queues, now, tx), now, tx);
    await this.leads.addMany(
      followed.map(({ lead }) => lead),
      tx,
    );
    for (const { lead, outcome } of followed) {
      tx.emit(toLeadEvent({ kind: 'created', lead }));
      // Another queue than the decision's, or the owner's own time, is what it takes from now on.
      const isElsewhere = lead.queue !== sources.get(lead.leadId)?.queue;
      if (isElsewhere) tx.emit(toLeadEvent({ kind: 'returned', lead, cause: 'escalated', personId: personOf(lead) }));
      if (outcome) tx.emit(toLeadEvent({ kind: 'closed', lead, outcome }));
    }
  }

  /** The leads, ended where their strategy was over before they were heard of. */
  private async stopped(made: readonly Made[], now: Date, tx: Transaction): Promise<Made[]> {
    const ids = made.map(({ lead }) => lead.strategyId);
    const over = await this.strategies.findOver(ids, now, tx);
    return made.map((one) => (over.has(one.lead.strategyId) ? (retract(one.lead, STRATEGY_STOPPED, now) ?? one) : one));
  }

  /** The leads after what was heard of their people's time before them. */
  private async afterEarlyMoves(
    leads: readonly Lead[],
    queues: ReadonlyMap<string, Queue>,
    now: Date,
    tx: Transaction,
  ): Promise<Made[]> {
    const early = await this.early.findMany(
      leads.map(({ leadId }) => leadId),
      tx,
    );
    await this.early.remove([...early.keys()], tx);
    const seats = await this.seats.listOfTeams(
      [...early.values()].map(({ teamId }) => teamId),
      tx,
    );
    return leads.map((lead) => {
      const [move, queue] = [early.get(lead.leadId), queues.get(lead.queue)];
      if (!move || !queue) return { lead };
      return followCapacity(lead, queue, { ...move, teamId: teamIn(seats, move.teamId, queue) }, now);
    });
  }

  /** Puts each lead at the first step of its route that somebody is there for; the queues are those where they are then, too. */
  private async withRoutes(
    leads: Lead[],
    known: ReadonlyMap<string, Queue>,
    now: Date,
    tx: Transaction,
  ): Promise<Routed> {
    const routes = await this.routes.findMany([...new Set(leads.flatMap(routeIdsOf))], tx);
    if (routes.size === 0) return { leads, queues: known };
    const queues = new Map([...known, ...(await this.queues.findMany(queuesOf([...routes.values()], known), tx))]);
    const owners = leads.map(({ ownerId }) => ownerId).filter((ownerId) => ownerId !== '');
    const seats = await this.seats.listOfAgents([...new Set(owners)], tx);
    const routed = leads.map((lead) => {
      const route = routeIdsOf(lead).flatMap((id) => routes.get(id) ?? [])[0];
      return route === undefined ? lead : startRoute({ ...lead, route: route.steps }, queues, seats, now);
    });
    return { leads: routed, queues };
  }

  /** A lead is for the team whose time was reserved, where that has a seat in the queue. */
  private async withTeams(leads: Lead[], queues: ReadonlyMap<string, Queue>, tx: Transaction): Promise<Lead[]> {
    const seats = await this.seats.listOfTeams(
      leads.map(({ teamId }) => teamId),
      tx,
    );
    return leads.map((lead) => {
      const queue = queues.get(lead.queue);
      return { ...lead, teamId: queue ? teamIn(seats, lead.teamId, queue) : '' };
    });
  }

  /** A lead of a customer whom a person has by a name list is for that person first. */
  private async withOwners(leads: Lead[], tx: Transaction): Promise<Lead[]> {
    const owners = await this.owners.findMany(leads, tx);
    const seats = await this.seats.listOfAgents([...new Set([...owners.values()].map(({ agentId }) => agentId))], tx);
    return leads.map((lead) => {
      const agentId = owners.get(ownerKey(lead))?.agentId ?? '';
      return { ...lead, preferredSeatId: seatOfAgent(seats, agentId, lead.queue)?.seatId ?? '' };
    });
  }
}

/** Queues that routes name, but for those that are known. */
const queuesOf = (routes: readonly Route[], known: ReadonlyMap<string, Queue>): string[] => {
  const named = routes.flatMap(({ steps }) => steps.map(({ queue }) => queue));
  return [...new Set(named)].filter((queue) => queue !== '' && !known.has(queue));
};

const personOf = ({ onlySeatId, ownerId }: Lead): string => (onlySeatId === '' ? '' : ownerId);

/** The lead of a decision; undefined for one that asks for nobody. */
export function leadIdOfDecision(decision: Decision): string | undefined {
  const source = toSource(decision);
  return isLeadSource(source) ? leadIdOf(source.decisionId) : undefined;
}

const toSource = (decision: ToldDecision): LeadSource => ({
  ...decision,
  priorityScore: decision.priority?.score ?? 0,
  promisedAt: decision.promisedAt,
});
