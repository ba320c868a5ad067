import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { ShortlistBuilder } from '../domain/allocation/shortlist-builder';
import type { ShortlistBlock } from '../domain/allocation/shortlist-block';
import { asPerson, hasFacts } from '../domain/customer-state';
import { planOf } from '../domain/candidate-plan';
import { isRankedNeutrally } from '../domain/consent';
import { MemberScorer } from '../domain/member-scorer';
import type { ModelUse } from '../domain/models/slot-score';
import type { SlotsOf } from '../domain/promise-times';
import { exhaustedStops } from '../domain/push-terms';
import { BlockPropensities, type ScoredBlock } from '../domain/scored-block';
import { stableHash } from '../domain/stable-hash';
import type { Candidate } from '../domain/strategy';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { ModelRegistry } from './model-registry';
import { PolicyHolder } from './policy-holder';
import type { PushContext } from './push-context';
import { Scorer, type ScoredCustomer } from './scorer';

/** Few enough that other calls do not wait for their rules. */
const MEMBERS_PER_TURN = 200;

/** A member's draw in a push, from its id alone. */
export const drawOf = (pushId: string, customerId: string): number => stableHash(`${pushId}|${customerId}`);

export interface ScoreRequest {
  pushId: string;
  customerIds: readonly string[];
  /** When people can reach them. */
  slotsOf: SlotsOf;
  /** Of the limits, to make the shortlists by. */
  prices: Float64Array;
  /** Classes of candidates that a member keeps. */
  keptMax: number;
}

/** A member that passed the rules on a candidate. */
interface Passed {
  member: number;
  customer: ScoredCustomer;
  /** Nothing personal may rank him, so no model is asked about him. */
  isNeutral: boolean;
}

/** Takes members of a push through the rules and the models; nothing is written. */
@Injectable()
export class PushScorer {
  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly policies: PolicyHolder,
    private readonly models: ModelRegistry,
    private readonly clock: Clock,
  ) {}

  /** Shortlists alone, for the sample that prices are found on. */
  async scoreSample(context: PushContext, request: ScoreRequest): Promise<ShortlistBlock> {
    const { table } = context;
    const builder = new ShortlistBuilder(
      table,
      table.pricesOf(request.prices),
      request.keptMax,
      request.customerIds.length,
    );
    await this.eachTurn(context, request, builder, async () => undefined);
    return builder.build();
  }

  /** Shortlists, and what champions and shadows said of those that reached the ranking. */
  async scoreBlock(context: PushContext, request: ScoreRequest): Promise<ScoredBlock> {
    const { table, candidates } = context;
    const slots = [...new Set(candidates.map(({ action }) => action.modelSlot))].filter((slot) => slot !== '');
    const builder = new ShortlistBuilder(
      table,
      table.pricesOf(request.prices),
      request.keptMax,
      request.customerIds.length,
    );
    const propensities = BlockPropensities.of(slots, request.customerIds.length);
    const firstOf = slots.map((slot) => candidates.find(({ action }) => action.modelSlot === slot)!);
    await this.eachTurn(context, request, builder, async (scorer, passed) => {
      const ranked = passed.filter(({ isNeutral }) => !isNeutral).map(({ customer }) => customer);
      await scorer.scoreShadows(new Map(slots.map((slot) => [slot, ranked]))).catch(() => undefined);
      for (const one of passed) {
        slots.forEach((slot, index) =>
          propensities.put(one.member, index, saidOf(scorer, one, { slot, first: firstOf[index]! })),
        );
      }
    });
    return { customerIds: [...request.customerIds], shortlists: builder.build(), propensities };
  }

  private async eachTurn(
    { candidates, table, orgPath }: PushContext,
    { pushId, customerIds, slotsOf }: ScoreRequest,
    builder: ShortlistBuilder,
    afterTurn: (scorer: Scorer, passed: Passed[]) => Promise<void>,
  ): Promise<void> {
    const situation = this.policies.situation(this.clock.now());
    const { channels } = planOf(candidates);
    const targeted = new Scorer(this.models, situation.now).targetedSlots(candidates);
    const members = new MemberScorer(candidates, exhaustedStops(table), situation, {
      targeted,
      slotsOf,
      listOrgPath: orgPath,
    });
    for (let from = 0; from < customerIds.length; from += MEMBERS_PER_TURN) {
      const ids = customerIds.slice(from, from + MEMBERS_PER_TURN);
      const states = await this.customers.findPersons(ids);
      const scorer = new Scorer(this.models, situation.now);
      const profiled = [...states.values()].filter(hasFacts).filter((state) => !isRankedNeutrally(state, channels));
      await scorer.prepare(profiled, candidates);
      const passed: Passed[] = [];
      ids.forEach((customerId, index) => {
        const state = states.get(customerId);
        const customer = state !== undefined && hasFacts(state) ? state : undefined;
        members.score(customer && asPerson(customer, states), {
          of: (_, candidate) => (customer ? scorer.propensityOf(customer, candidate) : 1),
          neutralOf: (_, candidate) => scorer.neutralOf(candidate),
        });
        builder.add(drawOf(pushId, customerId), members.passing, members.scores, members.count);
        const { count, isNeutral } = members;
        if (count > 0 && customer) passed.push({ member: from + index, customer, isNeutral });
      });
      await afterTurn(scorer, passed);
    }
  }
}

/** What a decision is told of a member's models; of who is ranked by base rates it is told that, and no shadow. */
function saidOf(
  scorer: Scorer,
  { customer, isNeutral }: Passed,
  { slot, first }: { slot: string; first: Candidate },
): { champion: number; shadow: number | null; use: ModelUse | null } {
  const use = scorer.useOf(customer, slot);
  if (isNeutral) return { champion: scorer.neutralOf(first), shadow: null, use: use && { ...use, modelId: '' } };
  return { champion: scorer.propensityOf(customer, first), shadow: scorer.shadowOf(customer.customerId, slot), use };
}
