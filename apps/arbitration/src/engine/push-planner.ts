import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { JobHold } from '@tidegate/service';
import { allocate } from '../domain/allocation/allocate';
import { samplePrices } from '../domain/allocation/find-prices';
import { memberCountOf, type BlockSource } from '../domain/allocation/shortlist-block';
import { IdSet } from '../domain/id-set';
import { countScored, MEMBERS_PER_CHUNK_MAX, planPush, pricePush, type Push } from '../domain/push';
import { planBlockOf, summaryOf } from '../domain/push-plan';
import { PushPartRepository } from '../repositories/push-part.repository';
import { ModelRegistry } from './model-registry';
import { PushContexts, type PushContext } from './push-context';
import { drawOf, PushScorer } from './push-scorer';

/** Members that prices are found on before the whole list is scored. */
const SAMPLE = 10_000;
/** Classes of candidates that a member keeps: enough that what is left out is never what it gets. */
const KEPT_MAX = 6;

/** One step of a push: what was worked out, and how the push stands after it, to be stored together. */
export type PushStep = (push: Push, tx: Transaction) => Promise<Push>;

const PRICE_ANEW: PushStep = async (held) => ({ ...held, stage: 'pricing' });

const hasOtherCandidates = (push: Push, { keys }: PushContext): boolean => keys.join() !== push.candidateKeys.join();

/**
 * Plans a push: prices from a sample, everyone through the rules block by block, then the allocation over the stored blocks. Memory holds one
 * block, and some twenty bytes for each member.
 */
@Injectable()
export class PushPlanner {
  /** Members met so far in the push that is being scored here. */
  private seen: { pushId: string; blocks: number; ids: IdSet } | null = null;

  constructor(
    private readonly parts: PushPartRepository,
    private readonly contexts: PushContexts,
    private readonly scorer: PushScorer,
    private readonly models: ModelRegistry,
  ) {}

  async price(push: Push, hold: JobHold<Push>): Promise<PushStep> {
    const context = await this.contexts.open(push);
    // Whatever is known by now shall count.
    for (const learner of this.models.learners()) await learner.catchUp();
    const share = Math.min(1, SAMPLE / Math.max(1, push.memberCount));
    const free = new Float64Array(context.ledger.length);
    const slotsOf = await this.contexts.slotsOf(push, context);
    const sample = [];
    for (let index = 0; index < push.nextSequence; index += 1) {
      await hold.keepAlive();
      const chunk = await this.parts.getChunk(push.pushId, index);
      const customerIds = chunk.filter((customerId) => drawOf(push.pushId, customerId) < share * 2 ** 32);
      const request = { pushId: push.pushId, customerIds, slotsOf, prices: free, keptMax: context.table.classCount };
      sample.push(await this.scorer.scoreSample(context, request));
    }
    const prices = await samplePrices({ sample, table: context.table, share, afterPass: () => hold.keepAlive() });
    return async (held) =>
      pricePush(held, { candidateKeys: context.keys, prices: [...prices], ledger: context.ledger });
  }

  /** Scores the next block. When the strategy has other candidates by now, the push is priced anew. */
  async score(push: Push): Promise<PushStep> {
    const context = await this.contexts.of(push);
    if (hasOtherCandidates(push, context)) return PRICE_ANEW;
    const index = push.scoredBlocks;
    const chunk = push.nextSequence === 0 ? [] : await this.parts.getChunk(push.pushId, index);
    const ids = await this.idsBefore(push);
    const customerIds = chunk.filter((customerId) => ids.add(customerId));
    const prices = Float64Array.from(push.prices);
    const block = await this.scorer.scoreBlock(context, {
      pushId: push.pushId,
      customerIds,
      slotsOf: await this.contexts.slotsOf(push, context),
      prices,
      keptMax: KEPT_MAX,
    });
    this.seen = { pushId: push.pushId, blocks: index + 1, ids };
    return async (held, tx) => {
      await this.parts.saveBlock(push.pushId, index, block, tx);
      return countScored(held, { members: customerIds.length, doubles: chunk.length - customerIds.length });
    };
  }

  /** The plan is stored block by block, as long as the push is held. When the strategy has other candidates by now, the push is priced anew. */
  async allocate(push: Push, hold: JobHold<Push>): Promise<PushStep> {
    const context = await this.contexts.of(push);
    // Shortlists name candidates by their places among those of before.
    if (hasOtherCandidates(push, context)) return PRICE_ANEW;
    const { table, strategy } = context;
    const source: BlockSource = {
      blockCount: push.nextSequence,
      read: async (index) => {
        await hold.keepAlive();
        return this.parts.getShortlists(push.pushId, index);
      },
    };
    const shortlistPrices = Float64Array.from(push.prices);
    const { explorationBasisPoints } = strategy;
    const afterPass = (): Promise<void> => hold.keepAlive();
    const allocation = await allocate({ source, table, shortlistPrices, explorationBasisPoints, afterPass });
    let first = 0;
    for (let index = 0; index < push.nextSequence; index += 1) {
      const count = memberCountOf(await source.read(index));
      const plan = planBlockOf(allocation, first, count);
      await hold.change(async (held, tx) => {
        await this.parts.savePlan(push.pushId, index, plan, tx);
        return held;
      });
      first += count;
    }
    return async (held) => planPush(held, summaryOf(allocation, table));
  }

  /** Members of the blocks scored so far, read again when another replica or an earlier run scored them. */
  private async idsBefore({ pushId, nextSequence, scoredBlocks }: Push): Promise<IdSet> {
    if (this.seen?.pushId === pushId && this.seen.blocks === scoredBlocks) return this.seen.ids;
    const ids = new IdSet(nextSequence * MEMBERS_PER_CHUNK_MAX);
    for (let index = 0; index < scoredBlocks; index += 1) {
      for (const customerId of await this.parts.getMembers(pushId, index)) ids.add(customerId);
    }
    return ids;
  }
}
