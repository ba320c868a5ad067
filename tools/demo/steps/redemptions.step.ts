import { createHash } from 'node:crypto';
import type { MerchantApi, TillSale } from '../api/merchant.api';
import { merchants } from '../cast';
import { refusalOf } from '../http/gateway-refusal';
import { merchantKeys } from '../merchant-keys';
import { forEachBounded } from '../measure/bounded';
import { FLASH_SALE, GIFTS, REDEMPTIONS } from '../plan';
import type { World } from '../world';
import type { Winner } from './flash-sale.step';

/** Wrong uses at a till, and what they were refused with. */
export interface MisuseTally {
  voided: number;
  refusals: Record<string, number>;
}

interface Till {
  api: MerchantApi;
  storeId: string;
  clerkId: string;
}

/** Red packets are redeemed at the stores of all merchants: most in one step, some held first, one hold broken off. */
export async function redeemAtStores(world: World): Promise<void> {
  const { journal } = world;
  const tills = openTills(world);
  const winners = journal.get<Winner[]>('winners').slice(GIFTS.offered, GIFTS.offered + REDEMPTIONS.count);
  const [first] = winners;
  if (first !== undefined) await journal.step('till-misuse', () => misuse(world, tills, first));
  const progress = world.progress('red packets redeemed', winners.length);
  await forEachBounded(winners, REDEMPTIONS.atOnce, async (winner, index) => {
    await redeem(world, tillOf(tills, index), winner, index);
    progress.add(1);
  });
  progress.end();
  journal.put('held-and-committed', winners.filter((_, index) => isHeldFirst(index)).length);
}

const isHeldFirst = (index: number): boolean => index % REDEMPTIONS.heldEvery === 0;

function openTills(world: World): Till[] {
  return merchants.flatMap(({ merchantId, stores }) => {
    const api = world.merchant(merchantKeys(world.context.dataDir, merchantId));
    return stores.map(({ storeId, clerkId }) => ({ api, storeId, clerkId }));
  });
}

async function redeem(world: World, till: Till, winner: Winner, index: number): Promise<void> {
  const { instance } = await world.app(winner.customerId).getInstance(winner.instanceId);
  // A story that was cut had redeemed it before.
  if (instance?.state === 'redeemed') return;
  const sale = await showCode(world, till, winner, index);
  const key = keyOf(sale.code);
  if (!isHeldFirst(index)) {
    await till.api.redeem(sale, `redeem:${key}`);
    return;
  }
  const { holdId } = await till.api.hold(sale, `hold:${key}`);
  await till.api.commit(holdId, `commit:${holdId}`);
}

/** A hold that is broken off, a code that was copied, a request that nobody signed. */
async function misuse(world: World, tills: readonly Till[], winner: Winner): Promise<void> {
  const [here, there] = [tillOf(tills, 0), tillOf(tills, tills.length - 1)];
  const sale = await showCode(world, here, winner, 0);
  const key = keyOf(sale.code);
  const { holdId } = await here.api.hold(sale, `hold:${key}`);
  const copied = { ...sale, storeId: there.storeId, clerkId: there.clerkId };
  const copy = await refusalOf(there.api.redeem(copied, `copied:${key}`), 'CODE_USED', 'INSTANCE_NOT_AVAILABLE');
  await here.api.void(holdId, `void:${holdId}`);
  const unsigned = await refusalOf(world.unsigned().redeem(sale, `unsigned:${key}`), 'SIGNATURE_MISSING');
  const tally: MisuseTally = { voided: 1, refusals: { [copy.reason]: 1, [unsigned.reason]: 1 } };
  world.journal.put('till-misuse', tally);
}

async function showCode(world: World, till: Till, winner: Winner, index: number): Promise<TillSale> {
  const app = world.app(winner.customerId);
  const { code } = await app.issueCode(winner.instanceId, `code:${winner.instanceId}:${Date.now()}`);
  const { storeId, clerkId } = till;
  return { code, storeId, clerkId, orderAmountMinor: FLASH_SALE.faceValueMinor * (2 + (index % 5)) };
}

/** A key of the code: a fresh code is a new request. */
const keyOf = (code: string): string => createHash('sha256').update(code).digest('hex').slice(0, 32);

function tillOf(tills: readonly Till[], index: number): Till {
  const till = tills[index % tills.length];
  if (till === undefined) throw new Error('The story has no tills.');
  return till;
}
