import { refusalOf } from '../http/gateway-refusal';
import { GIFTS } from '../plan';
import type { World } from '../world';
import type { Winner } from './flash-sale.step';

export interface GiftTally {
  offered: number;
  accepted: number;
  takenBack: number;
  refusals: Record<string, number>;
}

/** Winners give their red packets to callers who got none; some think better of it, and one link is opened twice. */
export async function giveGifts(world: World): Promise<void> {
  const { journal } = world;
  const winners = journal.get<Winner[]>('winners').slice(0, GIFTS.offered);
  const friends = journal.get<string[]>('losers');
  const tally: GiftTally = { offered: 0, accepted: 0, takenBack: 0, refusals: {} };
  for (const [index, { customerId, instanceId }] of winners.entries()) {
    const giver = world.app(customerId);
    const { giftId, token } = await giver.offerGift(instanceId, `gift:${instanceId}`);
    tally.offered += 1;
    if (index < GIFTS.takenBack) {
      await giver.takeGiftBack(giftId, `gift-back:${giftId}`);
      tally.takenBack += 1;
      continue;
    }
    await appOfFriend(world, friends, index).acceptGift(giftId, token, `gift-accept:${giftId}`);
    tally.accepted += 1;
    if (index > GIFTS.takenBack) continue;
    const stranger = appOfFriend(world, friends, winners.length);
    const { reason } = await refusalOf(stranger.acceptGift(giftId, token, `gift-twice:${giftId}`), 'GIFT_TAKEN');
    tally.refusals[reason] = 1;
  }
  journal.put('gifts', tally);
  world.say(`  ${tally.accepted} gifts accepted, ${tally.takenBack} taken back, a link opened twice was refused`);
}

function appOfFriend(world: World, friends: readonly string[], index: number) {
  const friend = friends[index];
  if (friend === undefined) throw new Error('There are too few callers without a red packet to give gifts to.');
  return world.app(friend);
}
