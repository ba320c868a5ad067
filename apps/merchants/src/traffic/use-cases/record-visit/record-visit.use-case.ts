import { Inject, Injectable } from '@nestjs/common';
import { VisitCounted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { DomainError } from '@tidegate/errors';
import { event, Mongo, type RequestKey, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock, ServiceEnv } from '@tidegate/service';
import { calendarDateOf } from '../../../domain/local-time';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import {
  attributionKey,
  readAttribution,
  requireLiving,
  tokenUsed,
  type Attribution,
} from '../../domain/attribution-token';
import { planNotFound, requireRunning, type SubsidyPayer, type TrafficPlan } from '../../domain/traffic-plan';
import { visitIdOf, withoutCustomer, type Visit } from '../../domain/visit';
import { PersonLinkRepository } from '@tidegate/person-links';
import { TokenUseRepository } from '../../repositories/token-use.repository';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import { VisitRepository } from '../../repositories/visit.repository';
import { VisitorRepository } from '../../repositories/visitor.repository';
import { SubsidyBook } from '../../subsidy-book';
import { toVisitMessage } from '../../traffic.message';
import { Arrivals, type Arrival } from './arrivals';
import { GoalMarker } from './goal-marker';
import type { RecordVisitInput } from './record-visit.request';

export interface VisitAnswer {
  visit: Visit;
  isCounted: boolean;
  reachedGoalIds: string[];
  subsidyMinor: number;
  currency: string;
  payer: SubsidyPayer;
}

/** Somebody who came with a token. */
interface Come {
  plan: TrafficPlan;
  token: Attribution;
  arrival: Arrival;
  now: Date;
}

/**
 * Counts a visit that an attribution token led to: the token once for each natural person, the person once a day for each place, under
 * whichever of his profiles.
 */
@Injectable()
export class RecordVisitUseCase {
  private readonly key: Buffer;

  constructor(
    private readonly mongo: Mongo,
    private readonly plans: TrafficPlanRepository,
    private readonly visits: VisitRepository,
    private readonly visitors: VisitorRepository,
    private readonly persons: PersonLinkRepository,
    private readonly uses: TokenUseRepository,
    private readonly arrivals: Arrivals,
    private readonly goals: GoalMarker,
    private readonly book: SubsidyBook,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    env: ServiceEnv,
  ) {
    this.key = attributionKey(env.keys.codeSigning);
  }

  /**
   * @throws ATTRIBUTION_TOKEN_INVALID, ATTRIBUTION_TOKEN_EXPIRED, ATTRIBUTION_TOKEN_USED, PLAN_NOT_FOUND, PLAN_NOT_RUNNING,
   * PLACE_NOT_IN_PLAN, CUSTOMER_MISSING, TOKEN_OF_OTHER_CUSTOMER, CUSTOMER_ONLY, NOT_YOURS, STAFF_ONLY, ORG_OUT_OF_SCOPE,
   * ORG_UNIT_NOT_FOUND, REQUEST_ID_REUSED and those of a till
   */
  async execute({ requestId, place, ...input }: RecordVisitInput, actor: Actor): Promise<VisitAnswer> {
    const now = this.clock.now();
    const token = readAttribution(input.token, this.key);
    const plan = await this.plans.find(token.planId);
    if (!plan) throw planNotFound();
    // Merchants and apps choose their ids. The place has no part in it: a till that repeats may have moved by some metres.
    const key = { scope: `record-visit|${actor.kind}|${actor.id}`, requestId, input };
    const told = await this.arrivals.find(plan, token, { ...input, place }, actor).then(
      (arrival) => this.record({ plan, token, arrival, now }, key),
      (refusal: unknown) => this.toldBefore(key, refusal),
    );
    // One of before merchants could pay names no payer.
    const answer = { ...told, payer: told.payer ?? 'bank' };
    return actor.kind === 'merchant' ? { ...answer, visit: withoutCustomer(answer.visit) } : answer;
  }

  private record({ plan, token, arrival, now }: Come, key: RequestKey): Promise<VisitAnswer> {
    const { planId, direction, sourceId } = token;
    const businessDate = calendarDateOf(now, this.config.timeZone);
    const visit = { planId, direction, sourceId, ...arrival, visitedAt: now, businessDate };
    return this.mongo.once(key, async (tx) => {
      // Here, so that one who repeats late is told what came of his visit.
      requireLiving(token, now);
      requireRunning(plan, now);
      const profiles = await this.persons.profilesOf(visit.customerId, tx);
      await this.useToken(token, profiles, tx);
      return this.count(plan, { visitId: visitIdOf(visit), ...visit }, profiles, tx);
    });
  }

  /** A till that repeats is told what came of it, also when its store has closed or its clerk has left meanwhile. */
  private async toldBefore(key: RequestKey, refusal: unknown): Promise<VisitAnswer> {
    if (!(refusal instanceof DomainError) || refusal.code === 'PERMISSION_DENIED') throw refusal;
    const earlier = await this.mongo.transaction((tx) => this.mongo.requests.find<VisitAnswer>(tx, key));
    if (!earlier) throw refusal;
    return earlier.result;
  }

  private async useToken(token: Attribution, profiles: readonly [string, ...string[]], tx: Transaction): Promise<void> {
    const { byAll, byPerson } = await this.uses.count(token.tokenId, profiles, tx);
    if (byPerson > 0 || byAll >= token.useLimit) throw tokenUsed();
    await this.uses.add(token, profiles[0], tx);
  }

  private async count(
    plan: TrafficPlan,
    visit: Visit,
    profiles: readonly string[],
    tx: Transaction,
  ): Promise<VisitAnswer> {
    const { currency, payer, perVisitMinor } = plan.subsidy;
    const paysNothing = { subsidyMinor: 0, currency, payer };
    const sameDay = profiles.map((customerId) => visitIdOf({ ...visit, customerId }));
    const [existing] = await this.visits.findMany(sameDay, tx);
    if (existing) return { visit: existing, isCounted: false, reachedGoalIds: [], ...paysNothing };
    await this.visitors.touch(plan.planId, profiles, tx);
    await this.visits.add(visit, tx);
    tx.emit(event(VisitCounted, visit.customerId, { visit: toVisitMessage(visit) }));
    const reachedGoalIds = await this.goals.mark(plan, visit, profiles, tx);
    const { merchantId, storeId, placeId, visitId, businessDate } = visit;
    if (perVisitMinor === 0 || merchantId === '') {
      return { visit, isCounted: true, reachedGoalIds, ...paysNothing };
    }
    const earning = { plan, merchantId, storeId, placeId, cause: 'visit' as const, reference: visitId, businessDate };
    const earnings = [{ ...earning, ruleAmountMinor: perVisitMinor, redemptionAmountMinor: 0 }];
    const [subsidy] = await this.book.earnAll(earnings, tx);
    return { visit, isCounted: true, reachedGoalIds, subsidyMinor: subsidy?.amountMinor ?? 0, currency, payer };
  }
}
