import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { KEPT_CANDIDATES_MAX } from '../domain/kept-candidates';
import { countDecided, type Push, type PushPosition } from '../domain/push';
import { roomsOf } from '../domain/push-terms';
import { PushGate } from '../domain/push-gate';
import { roundOf, ROUNDS, unrankedOrder, type PlanBlock, type PushPlan } from '../domain/push-plan';
import type { BlockPropensities } from '../domain/scored-block';
import type { Candidate } from '../domain/strategy';
import { CandidateListRepository } from '../repositories/candidate-list.repository';
import { PushPartRepository } from '../repositories/push-part.repository';
import { derivedId, type DecisionCommand } from './decision-command';
import { DecisionEngine } from './decision-engine';
import { PushContexts, type PushContext } from './push-context';

const MEMBERS_PER_BATCH = 250;

/** A planned block as it is decided from. */
interface OpenBlock {
  id: string;
  first: number;
  customerIds: string[];
  propensities: BlockPropensities;
  plan: PlanBlock;
}

/** Decides the next members of a planned push. */
@Injectable()
export class PushBatch {
  private open: OpenBlock | null = null;

  constructor(
    private readonly parts: PushPartRepository,
    private readonly contexts: PushContexts,
    private readonly engine: DecisionEngine,
    private readonly lists: CandidateListRepository,
  ) {}

  /** Every rule is asked again: what changed since the plan holds. Returns the push with the batch counted. */
  async decide(push: Push, tx: Transaction): Promise<Push> {
    const { plan, position } = push;
    if (plan === null) throw new Error(`push ${push.pushId} is decided without a plan`);
    const block = await this.block(push, position.block);
    const { members, next } = nextMembers(block, plan, position, push.nextSequence);
    const context = await this.contexts.of(push);
    const used = Float64Array.from(push.ledger, (line) => line.used);
    const kept = Float64Array.from(plan.kept ?? context.table.maxima);
    const gate = new PushGate(context.candidates, context.table, used, kept);
    const commands = members.map((member) => commandOf({ push, plan, context, gate, block, member }));
    if (context.candidates.length > KEPT_CANDIDATES_MAX) await this.lists.keep(context.list, tx);
    // The push's position moves in the same transaction, so no member comes twice.
    const { capacitySlot, horizonDays } = push;
    const options = { capacitySlot, horizonDays, rooms: roomsOf(push.ledger), mayRepeat: false };
    const settled = await this.engine.decideAll(commands, options, tx);
    const decided = settled.flatMap((one) => {
      if ('error' in one) throw one.error;
      return one.value;
    });
    const reasons = decided.map(({ reason }) => reason);
    return countDecided(push, reasons, { position: next, used, kept });
  }

  private async block({ pushId }: Push, index: number): Promise<OpenBlock> {
    const id = `${pushId}|${index}`;
    if (this.open?.id === id) return this.open;
    const [customerIds, propensities, plan] = await Promise.all([
      this.parts.getMembers(pushId, index),
      this.parts.getPropensities(pushId, index),
      this.parts.getPlan(pushId, index),
    ]);
    this.open = { id, first: 0, customerIds, propensities, plan };
    return this.open;
  }
}

/** The next members of the round in this block, and where to go on after them. */
function nextMembers(
  { customerIds, plan: ofBlock }: OpenBlock,
  plan: PushPlan,
  { round, block, member: from }: PushPosition,
  blockCount: number,
): { members: number[]; next: PushPosition } {
  const members: number[] = [];
  let member = from;
  for (; member < customerIds.length && members.length < MEMBERS_PER_BATCH; member += 1) {
    if (roundOf(ofBlock, member, plan) === round) members.push(member);
  }
  if (member < customerIds.length) return { members, next: { round, block, member } };
  const isLastBlock = block + 1 >= blockCount;
  return { members, next: { round: isLastBlock ? round + 1 : round, block: isLastBlock ? 0 : block + 1, member: 0 } };
}

/** Whether all rounds are through. */
export const isDecided = ({ position, nextSequence }: Push): boolean => nextSequence === 0 || position.round >= ROUNDS;

function commandOf(input: {
  push: Push;
  plan: PushPlan;
  context: PushContext;
  gate: PushGate;
  block: OpenBlock;
  member: number;
}): DecisionCommand {
  const { push, context, gate, block, member } = input;
  const customerId = block.customerIds[member] ?? '';
  const planned = plannedCandidate(push, context, block.plan.choices[member] ?? -1);
  const scores = block.propensities.of(member);
  const slot = planned?.action.modelSlot ?? context.candidates[0]?.action.modelSlot;
  const score = scores.find((one) => one.slot === slot);
  const rank = block.plan.ranks[member] ?? 0;
  return {
    customerId,
    mode: 'push',
    decisionIdOf: () => derivedId('push', push.pushId, customerId),
    inputHash: '',
    candidates: context.candidates,
    maxActions: 1,
    fact: {},
    place: {
      pushId: push.pushId,
      listId: push.listId,
      rank,
      order: rank > 0 ? rank : unrankedOrder(input.plan, push.position.block, member),
      championPropensity: rank > 0 ? (score?.champion ?? 1) : 0,
      shadowPropensity: rank > 0 ? (score?.shadow ?? 0) : 0,
      lostTo: push.ledger[block.plan.lostTo[member] ?? -1]?.id ?? '',
    },
    listOrgPath: context.orgPath,
    candidateListId: context.list.listId,
    isExploration: block.plan.explored[member] === 1,
    gate: planned === undefined ? gate.ofOthers : gate.ofPlanned(planned),
    secondGate: planned === undefined ? undefined : gate.ofDisappointed,
    scores,
    onTurn: () => planned && gate.release(planned),
    onChosen: (candidate) => gate.take(candidate),
  };
}

/** The candidate planned for a member, as the strategy has it now; undefined when nothing was, or it has it no more. */
function plannedCandidate(push: Push, context: PushContext, choice: number): Candidate | undefined {
  const key = push.candidateKeys[choice];
  if (key === undefined) return undefined;
  return context.keys[choice] === key ? context.candidates[choice] : context.candidates[context.keys.indexOf(key)];
}
