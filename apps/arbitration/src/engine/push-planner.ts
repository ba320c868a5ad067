import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { type Capacity, freeUnits, ScarceBook } from '../domain/capacity';
import type { CustomerFacts, CustomerState } from '../domain/customer-state';
import { decide } from '../domain/decide';
import type { Situation } from '../domain/situation';
import type { SlotScore } from '../domain/models/slot-score';
import type { Push } from '../domain/push';
import { QuotaBook } from '../domain/quota-book';
import { planPush, type PushPlan, type ScoredMember } from '../domain/push-plan';
import { candidatesOf, type Candidate, type Strategy } from '../domain/strategy';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { PushRepository } from '../repositories/push.repository';
import { currentSlots } from './decision-command';
import { ModelRegistry } from './model-registry';
import { PolicyHolder } from './policy-holder';
import { Scorer } from './scorer';

const MEMBERS_PER_BATCH = 500;
const UNLIMITED = 1e9;

/** Ranks the members of a push and says who gets what is scarce; nothing is written. */
@Injectable()
export class PushPlanner {
  constructor(
    private readonly pushes: PushRepository,
    private readonly customers: CustomerStateRepository,
    private readonly capacities: CapacityRepository,
    private readonly policies: PolicyHolder,
    private readonly models: ModelRegistry,
    private readonly clock: Clock,
  ) {}

  /** `onProgress` is told after each batch of members; what it throws ends the planning. */
  async plan(push: Push, strategy: Strategy, onProgress: () => Promise<void>): Promise<PushPlan> {
    const candidates = candidatesOf(strategy);
    // Whatever is known by now shall count.
    for (const learner of this.models.learners()) await learner.catchUp();
    const members = await this.pushes.listMembers(push.pushId);
    const scored: ScoredMember[] = [];
    for (let from = 0; from < members.length; from += MEMBERS_PER_BATCH) {
      scored.push(...(await this.score(members.slice(from, from + MEMBERS_PER_BATCH), candidates)));
      await onProgress();
    }
    const free = await this.freeUnits(push.capacitySlot, candidates);
    return planPush(push.pushId, scored, free, strategy.explorationBasisPoints);
  }

  private async freeUnits(capacitySlot: string, candidates: readonly Candidate[]): Promise<Map<string, number>> {
    const queues = queuesOf(candidates);
    const zone = this.policies.current.timeZone;
    const slots = capacitySlot ? [capacitySlot] : currentSlots(zone, this.clock.now());
    const book = await this.capacities.openBook({ queues, slots, strategyIds: new Set() });
    return new Map([...queues].map((queue) => [queue, unitsOf(book.capacityOf(queue))]));
  }

  private async score(customerIds: readonly string[], candidates: readonly Candidate[]): Promise<ScoredMember[]> {
    const states = await this.customers.findMany(customerIds);
    const scorer = new Scorer(this.models);
    const known = [...states.values()].flatMap((state) => (hasFacts(state) ? [state] : []));
    await scorer.prepare(known, candidates);
    const situation = this.policies.situation(this.clock.now());
    const members = customerIds.map((customerId) =>
      best(customerId, states.get(customerId), candidates, scorer, situation),
    );
    const passed = new Set(members.flatMap((member) => (member.best === null ? [] : [member.customerId])));
    const ranked = known.filter(({ customerId }) => passed.has(customerId));
    const slots = [...new Set(candidates.map(({ action }) => action.modelSlot))].filter((slot) => slot !== '');
    await scorer.scoreShadows(new Map(slots.map((slot) => [slot, ranked]))).catch(() => undefined);
    return members.map((member) => ({
      ...member,
      scores: scoresOf(member, states.get(member.customerId), slots, scorer),
    }));
  }
}

/** The best candidate that every rule lets pass; what is scarce has no part in it yet. */
function best(
  customerId: string,
  customer: CustomerState | undefined,
  candidates: readonly Candidate[],
  scorer: Scorer,
  situation: Situation,
): ScoredMember {
  if (customer === undefined || !hasFacts(customer)) return { customerId, best: null, scores: [] };
  const { choices } = decide({
    customer,
    candidates,
    situation,
    book: unlimitedBook(queuesOf(candidates)),
    propensityOf: ({ action }) => scorer.championOf(customer, action.modelSlot),
    maxActions: 1,
    decisionIdOf: () => '',
    isListed: true,
  });
  const [choice] = choices;
  if (choice === undefined) return { customerId, best: null, scores: [] };
  const { candidate, priority } = choice.result;
  return {
    customerId,
    best: { score: priority?.score ?? 0, queue: candidate.treatment.queue, slot: candidate.action.modelSlot },
    scores: [],
  };
}

const hasFacts = (state: CustomerState): state is CustomerState & { facts: CustomerFacts } => state.facts !== null;

const queuesOf = (candidates: readonly Candidate[]): Set<string> =>
  new Set(candidates.map(({ treatment }) => treatment.queue).filter((queue) => queue !== ''));

const unitsOf = (capacity: Capacity | undefined): number => (capacity === undefined ? 0 : freeUnits(capacity));

const unlimitedBook = (queues: ReadonlySet<string>): ScarceBook =>
  new ScarceBook(
    new Map([...queues].map((queue) => [queue, { queue, slot: '', units: UNLIMITED, reserved: 0, used: 0 }])),
    new Map(),
    QuotaBook.unlimited(),
  );

/** Kept for those that reached the ranking, so that they are decided on what they were ranked by. */
function scoresOf(
  { customerId, best }: ScoredMember,
  customer: CustomerState | undefined,
  slots: readonly string[],
  scorer: Scorer,
): SlotScore[] {
  const facts = customer?.facts;
  if (best === null || facts == null) return [];
  return slots.map((slot) => ({
    slot,
    champion: scorer.championOf({ customerId, facts }, slot),
    shadow: scorer.shadowOf(customerId, slot),
  }));
}
