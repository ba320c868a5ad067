import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import type { CustomerFacts } from '../../domain/customer-facts';
import { isRunning, withMoves, type Goal, type GoalMember } from '../../domain/goal';
import { catchUp, hasJoinedEarlier, isAskedFor, type FactNews } from '../../domain/goal-facts';
import { hear, joinGoal, type GoalNews } from '../../domain/goal-moves';
import { CustomerRepository } from '../../repositories/customer.repository';
import { GoalRepository } from '../../repositories/goal.repository';
import { RecentFactRepository } from '../../repositories/recent-fact.repository';

type Told = Extract<GoalNews, { kind: 'treated' | 'retracted' | 'outcome' }>;
type Heard = Exclude<GoalNews, Told>;

const isTold = (news: GoalNews): news is Told => ['treated', 'retracted', 'outcome'].includes(news.kind);
const isFact = (news: GoalNews): news is FactNews => news.kind === 'fact' || news.kind === 'outcome_fact';
const keyOf = (goalId: string, customerId: string): string => `${goalId}|${customerId}`;

/** A batch of news on its way: members as they were read, and as they are by now. */
interface Batch {
  goals: Map<string, Goal>;
  before: Map<string, GoalMember>;
  after: Map<string, GoalMember>;
}

/** Keeps goals' progress live: decisions and outcomes make members, retractions end what decisions began, balances of members and what facts say of them count. */
@Injectable()
export class FollowGoalsUseCase {
  constructor(
    private readonly goals: GoalRepository,
    private readonly customers: CustomerRepository,
    private readonly recent: RecentFactRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PROJECTION_BEHIND (to be tried again) when a customer has not arrived here yet */
  async execute(news: readonly GoalNews[], tx: Transaction): Promise<void> {
    const told = news.filter(isTold);
    const batch: Batch = { goals: new Map(), before: new Map(), after: new Map() };
    if (told.length > 0) await this.join(batch, told, tx);
    const facts = await this.keepFacts(news.filter(isFact), tx);
    const heard: Heard[] = [...news.filter((one) => one.kind === 'balance'), ...facts];
    if (heard.length > 0) await this.follow(batch, heard, tx);
    await this.save(batch, tx);
  }

  private async join(batch: Batch, told: readonly Told[], tx: Transaction): Promise<void> {
    const goals = await this.goals.findOfStrategies(
      told.map(({ strategyId }) => strategyId),
      tx,
    );
    if (goals.length === 0) return;
    const concerned = told.filter(({ strategyId }) => goals.some((goal) => goal.strategyId === strategyId));
    const customers = await this.customers.findMany(
      concerned.map(({ customerId }) => customerId),
      tx,
    );
    const pairs = concerned.flatMap((news) => goals.flatMap((goal) => pairOf(goal, news, customers)));
    const members = await this.goals.findMembers(
      pairs.map(({ goal, news }) => ({ goalId: goal.goalId, customerId: news.customerId })),
      tx,
    );
    for (const member of members) batch.before.set(keyOf(member.goalId, member.customerId), member);
    for (const { goal, news, customer } of pairs) {
      batch.goals.set(goal.goalId, goal);
      const key = keyOf(goal.goalId, news.customerId);
      const member = batch.after.get(key) ?? batch.before.get(key) ?? joinGoal(goal.goalId, customer, news.at);
      batch.after.set(key, hear(member, news, goal));
    }
    await this.catchUpFacts(batch, tx);
  }

  private async catchUpFacts({ goals, before, after }: Batch, tx: Transaction): Promise<void> {
    const early = [...after].filter(
      ([key, member]) => goals.get(member.goalId)?.kind !== 'aum' && hasJoinedEarlier(before.get(key) ?? null, member),
    );
    const customerIds = [...new Set(early.map(([, { customerId }]) => customerId))];
    const known = await this.recent.take(customerIds, this.clock.now(), tx);
    for (const [key, member] of early) {
      const goal = goals.get(member.goalId);
      if (goal === undefined) continue;
      const facts = (known.get(member.customerId) ?? []).filter(({ at }) => isRunning(goal, at));
      after.set(key, catchUp(before.get(key) ?? null, member, facts, goal));
    }
  }

  /** Those that a goal asks for; kept, because the decision that they follow may still be on its way. */
  private async keepFacts(facts: readonly FactNews[], tx: Transaction): Promise<FactNews[]> {
    const types = facts.flatMap((fact) => (fact.kind === 'fact' && fact.factType !== '' ? [fact.factType] : []));
    const strategyIds = facts.flatMap((fact) => (fact.kind === 'outcome_fact' ? [fact.strategyId] : []));
    const goals = [
      ...(await this.goals.findOfFactTypes(types, tx)),
      ...(await this.goals.findOfStrategies(strategyIds, tx)),
    ];
    const asked = facts.filter((fact) => goals.some((goal) => isAskedFor(goal, fact)));
    if (asked.length > 0) await this.recent.keep(asked, this.clock.now(), tx);
    return asked;
  }

  private async follow(batch: Batch, heard: readonly Heard[], tx: Transaction): Promise<void> {
    const members = await this.goals.findMembersOfCustomers(heard.map(customerIdOf), tx);
    if (members.length === 0) return;
    const goals = await this.goals.findMany(
      members.map(({ goalId }) => goalId),
      tx,
    );
    for (const read of members) {
      const goal = batch.goals.get(read.goalId) ?? goals.get(read.goalId);
      if (goal === undefined) continue;
      batch.goals.set(goal.goalId, goal);
      const key = keyOf(read.goalId, read.customerId);
      batch.before.set(key, batch.before.get(key) ?? read);
      let member = batch.after.get(key) ?? read;
      for (const news of heard) {
        if (customerIdOf(news) === read.customerId && isRunning(goal, news.at)) member = hear(member, news, goal);
      }
      batch.after.set(key, member);
    }
  }

  private async save({ goals, before, after }: Batch, tx: Transaction): Promise<void> {
    const changed = [...after].filter(([key, member]) => before.get(key) !== member);
    if (changed.length === 0) return;
    await this.goals.saveMembers(
      changed.map(([, member]) => member),
      tx,
    );
    const next = [...goals.values()].flatMap((goal) => {
      const moves = changed
        .filter(([, member]) => member.goalId === goal.goalId)
        .map(([key, member]) => ({ before: before.get(key) ?? null, after: member }));
      const moved = withMoves(goal, moves, this.clock.now());
      // A goal is what every batch competes for: it is written only where its counts change.
      const isSame = moved.achievedAmount === goal.achievedAmount && moved.memberCount === goal.memberCount;
      return isSame ? [] : [moved];
    });
    await this.goals.saveMany(next, tx);
  }
}

/** The news of one goal, when it runs and the customer is one of its organisation. */
function pairOf(
  goal: Goal,
  news: Told,
  customers: ReadonlyMap<string, CustomerFacts>,
): { goal: Goal; news: Told; customer: CustomerFacts }[] {
  if (goal.strategyId !== news.strategyId || !isRunning(goal, news.at)) return [];
  const customer = customers.get(news.customerId);
  if (customer === undefined) throw behind();
  return isAtOrBelow(customer.orgPath, goal.orgPath) ? [{ goal, news, customer }] : [];
}

const customerIdOf = (news: Heard): string => (news.kind === 'balance' ? news.customer.customerId : news.customerId);

/** Events of one origin keep their order, those of two do not: what is missing is on its way. */
const behind = (): DomainError =>
  new DomainError({
    code: 'UNAVAILABLE',
    reason: 'PROJECTION_BEHIND',
    message: 'The customer has not arrived here yet.',
  });
