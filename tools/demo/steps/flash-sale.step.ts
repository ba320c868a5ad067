import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleJson } from '../api/admin-customers.api';
import { RED_PACKET } from '../cast';
import { HEAD_OFFICE } from '../data/berka-customers';
import { GatewayRefusal } from '../http/gateway-refusal';
import { forEachBounded } from '../measure/bounded';
import { FLASH_SALE } from '../plan';
import { rateText } from '../report/format';
import type { World } from '../world';
import { createRedPacket } from './red-packet';

/** Who is active in the app; no data set tells of apps. The report says it in words. */
export const APP_ACTIVE: RuleJson = {
  any: [
    {
      all: [
        { field: 'attributes.contact', op: 'eq', value: 'cellular' },
        { field: 'attributes.age', op: 'lte', value: 45 },
        { field: 'attributes.balance', op: 'gte', value: 1_000 },
      ],
    },
    {
      all: [
        { field: 'rfm.recency', op: 'gte', value: 4 },
        { field: 'rfm.frequency', op: 'gte', value: 4 },
      ],
    },
  ],
};

/** One red packet of one customer. */
export interface Winner {
  customerId: string;
  instanceId: string;
}

/** What callers were answered; a call that was sent again after a broken connection counts once. */
export interface SaleTally {
  audience: number;
  calls: number;
  earlyCalls: number;
  repeats: number;
  refusals: Record<string, number>;
  refusedCallers: number;
  seconds: number;
}

/** Far more callers than red packets, some too early, some greedy, some twice with the same key. */
export async function sellRedPackets(world: World): Promise<void> {
  const { customers, journal } = world;
  const { segmentId, stockId } = RED_PACKET;
  await customers.putSegment(
    segmentId,
    { name: 'Active in the app', rule: APP_ACTIVE, orgPath: HEAD_OFFICE },
    `segment:${segmentId}`,
  );
  const { count: audience } = await customers.preview(APP_ACTIVE);
  const callers = (await customers.listMembers(segmentId, FLASH_SALE.callers)).map(({ customerId }) => customerId);
  if (callers.length < FLASH_SALE.callers) throw new Error(`Only ${callers.length} customers are active in the app.`);
  const startsAt = new Date(
    journal.keep('flash-sale-starts-at', () => new Date(Date.now() + FLASH_SALE.startsInMs).toISOString()),
  );
  await createRedPacket(world, startsAt);
  const sale = new Sale(world, stockId, audience);
  await sale.callEarly(callers.slice(0, FLASH_SALE.earlyCallers), startsAt);
  await sale.rush(callers);
  await sale.callAgain(callers);
  journal.put('flash-sale', sale.tally);
  journal.put('losers', callers.filter((id) => !sale.winners.has(id)).slice(0, FLASH_SALE.stock));
  // In the order of the callers, not of the answers: the same again when this step is.
  const winners = callers.flatMap((customerId): Winner[] => {
    const instanceId = sale.winners.get(customerId);
    return instanceId === undefined ? [] : [{ customerId, instanceId }];
  });
  journal.put('winners', winners);
  const { calls, earlyCalls, repeats, seconds } = sale.tally;
  world.say(
    `  ${winners.length} of ${FLASH_SALE.stock} claimed by ${callers.length} callers, ${rateText(calls - earlyCalls - repeats, seconds)} at ${FLASH_SALE.concurrency} calls at once`,
  );
}

class Sale {
  readonly winners = new Map<string, string>();
  readonly tally: SaleTally;

  constructor(
    private readonly world: World,
    private readonly stockId: string,
    audience: number,
  ) {
    this.tally = { audience, calls: 0, earlyCalls: 0, repeats: 0, refusals: {}, refusedCallers: 0, seconds: 0 };
  }

  /** Before the first second everybody is told when it is, by the server's clock. */
  async callEarly(callers: readonly string[], startsAt: Date): Promise<void> {
    await forEachBounded(callers, FLASH_SALE.concurrency, async (customerId) => {
      if (Date.now() > startsAt.getTime() - 1_500) return;
      const refusal = await this.call(customerId, 'early');
      if (refusal === undefined) throw new Error('A red packet was claimed before the sale began.');
      const { serverTime, startsAt: told } = refusal.problem.metadata ?? {};
      if (serverTime === undefined || told === undefined) throw new Error('An early caller was not told the time.');
      this.tally.earlyCalls += 1;
    });
    await sleep(Math.max(0, startsAt.getTime() - Date.now()));
  }

  /** All at once; the greedy ones, who call first, call a second time with another key. */
  async rush(callers: readonly string[]): Promise<void> {
    const progress = this.world.progress('callers answered', callers.length);
    const startedAt = performance.now();
    await forEachBounded(callers, FLASH_SALE.concurrency, async (customerId, index) => {
      const refusal = await this.call(customerId, 'claim');
      if (refusal !== undefined) this.tally.refusedCallers += 1;
      else if (index < FLASH_SALE.greedyCallers && (await this.call(customerId, 'second')) === undefined) {
        throw new Error('A customer got two red packets.');
      }
      progress.add(1);
    });
    this.tally.seconds = (performance.now() - startedAt) / 1000;
    progress.end();
  }

  /** The same key again gives the same answer, won or not. */
  async callAgain(callers: readonly string[]): Promise<void> {
    const some = callers.filter((_, i) => i % Math.floor(callers.length / FLASH_SALE.repeats) === 0);
    await forEachBounded(some, FLASH_SALE.concurrency, async (customerId) => {
      const held = this.winners.get(customerId);
      const refusal = await this.call(customerId, 'claim');
      const isSame = held === undefined ? refusal !== undefined : this.winners.get(customerId) === held && !refusal;
      if (!isSame) throw new Error('A repeat of a claim was answered otherwise than the claim.');
      this.tally.repeats += 1;
    });
  }

  private async call(customerId: string, purpose: string): Promise<GatewayRefusal | undefined> {
    this.tally.calls += 1;
    try {
      const { instance } = await this.world.app(customerId).claim(this.stockId, `flash-${purpose}:${customerId}`);
      if (instance !== undefined) this.winners.set(customerId, instance.instanceId);
      return undefined;
    } catch (error) {
      if (!(error instanceof GatewayRefusal) || error.status !== 422) throw error;
      this.tally.refusals[error.reason] = (this.tally.refusals[error.reason] ?? 0) + 1;
      return error;
    }
  }
}
