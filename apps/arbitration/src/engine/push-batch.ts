import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { countDecided, type Push } from '../domain/push';
import { pushGate } from '../domain/push-gate';
import type { PlannedMember } from '../domain/push-plan';
import { candidatesOf } from '../domain/strategy';
import { PushRepository } from '../repositories/push.repository';
import { derivedId, type DecisionCommand } from './decision-command';
import { DecisionEngine } from './decision-engine';
import { LiveStrategies } from './live-strategies';

const MEMBERS_PER_BATCH = 250;

/** Decides the next members of a planned push. */
@Injectable()
export class PushBatch {
  constructor(
    private readonly pushes: PushRepository,
    private readonly strategies: LiveStrategies,
    private readonly engine: DecisionEngine,
  ) {}

  /** Every rule is asked again: what changed since the plan holds. Returns the push with the batch counted. */
  async decide(push: Push, tx: Transaction): Promise<Push> {
    const members = await this.pushes.listPlanned(push.pushId, push.cursor, MEMBERS_PER_BATCH);
    if (members.length === 0) throw new Error(`the plan of push ${push.pushId} ends before its members`);
    const strategy = await this.strategies.find(push.strategyId);
    const candidates = strategy === undefined ? [] : candidatesOf(strategy);
    // What this batch has taken so far, seen by each gate in turn.
    const taken = { plannedByQueue: push.plannedByQueue, chosenByQueue: { ...push.chosenByQueue } };
    const commands = members.map((member, index): DecisionCommand => ({
      customerId: member.customerId,
      mode: 'push',
      decisionIdOf: () => derivedId('push', push.pushId, member.customerId),
      inputHash: '',
      candidates,
      maxActions: 1,
      fact: {},
      place: placeOf(push, member, push.cursor + index + 1),
      isExploration: member.isExploration,
      gate: pushGate(taken, member),
      scores: member.scores,
      onChosen: (queue) => {
        if (queue !== '') taken.chosenByQueue[queue] = (taken.chosenByQueue[queue] ?? 0) + 1;
      },
    }));
    // The push's cursor moves in the same transaction, so no member comes twice.
    const options = { capacitySlot: push.capacitySlot, mayRepeat: false };
    const settled = await this.engine.decideAll(commands, options, tx);
    const decided = settled.flatMap((one) => {
      if ('error' in one) throw one.error;
      return one.value;
    });
    return countDecided({ ...push, cursor: push.cursor + members.length }, decided);
  }
}

const placeOf = (push: Push, member: PlannedMember, planOrder: number) => ({
  pushId: push.pushId,
  listId: push.listId,
  rank: member.rank,
  // Ranked members by rank; the others stand after all of them in the plan already.
  order: member.rank > 0 ? member.rank : planOrder,
  championPropensity: member.championPropensity,
  shadowPropensity: member.shadowPropensity,
});
