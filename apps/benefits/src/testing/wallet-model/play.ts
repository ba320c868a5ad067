import { isDeepStrictEqual } from 'node:util';
import { accept, offer, openGift, returnGift, transfer } from './model-gift';
import {
  at,
  count,
  DAY_MS,
  end,
  minus,
  moveShared,
  partOf,
  Refusal,
  refuseIf,
  requireRoom,
  takenOf,
  type ModelState,
  type Request,
} from './model-state';
import { hold, openHold, redeem, release, reverse, sell } from './model-till';

// A second, much simpler telling of what a wallet does: plain objects, one command after another, no database. It is
// written from the contract, not from the service's own rules, so that both must agree.

/** What the request comes to and the state after it; a refusal changes nothing, a repeat is told its first answer. */
export function play(before: ModelState, request: Request): { answer: string; after: ModelState } {
  const earlier = before.answers[request.id];
  if (earlier !== undefined) return { answer: earlier, after: before };
  const after = structuredClone(before);
  try {
    const answer = decide(after, request);
    after.answers[request.id] = answer;
    return { answer, after };
  } catch (error) {
    if (error instanceof Refusal) return { answer: error.message, after: before };
    throw error;
  }
}

/** Lets time pass: holds time out, gifts come back, benefits expire. */
export function pass(before: ModelState, ms: number): ModelState {
  const state = structuredClone(before);
  state.now += ms;
  for (const hold of Object.values(state.holds)) {
    if (hold.state === 'held' && hold.endsAt <= state.now) release(state, hold, 'timed_out');
  }
  for (const gift of Object.values(state.gifts)) {
    if (gift.state === 'open' && gift.endsAt <= state.now) returnGift(state, gift, 'expired');
  }
  for (const instance of Object.values(state.instances)) {
    if (instance.state !== 'issued' || instance.endsAt > state.now) continue;
    end(state, instance, 'expired');
  }
  return state;
}

/** What the service said to a request. */
export interface Told {
  request: Request;
  answer: string;
}

/**
 * Every state that requests sent at once may have led to: those orders of them, one after another, in which the model says
 * what the service said. None when there is no such order.
 */
export function explain(before: ModelState[], told: Told[]): ModelState[] {
  let open = before.map((state) => ({ state, left: told.map((_, index) => index) }));
  for (let turn = 0; turn < told.length; turn += 1) {
    const next: typeof open = [];
    for (const { state, left } of open) {
      for (const index of left) {
        const played = play(state, told[index]!.request);
        if (!agree(state, told[index]!, played.answer)) continue;
        const step = { state: pass(played.after, 0), left: left.filter((other) => other !== index) };
        if (!next.some((other) => isDeepStrictEqual(other, step))) next.push(step);
      }
    }
    open = next;
  }
  return open.map(({ state }) => state);
}

function agree(state: ModelState, { request, answer }: Told, expected: string): boolean {
  if (answer === expected) return true;
  // What is past its date but not yet swept is refused under another name.
  if (answer === 'INSTANCE_EXPIRED') return expected === 'INSTANCE_NOT_AVAILABLE';
  // Once sold out, a stock refuses everybody for that, whatever else there is against him.
  const isRefusal = /^[A-Z_]+$/.test(expected);
  return answer === 'STOCK_SOLD_OUT' && request.do === 'claim' && isRefusal && isSoldOut(state, request.stock);
}

const isSoldOut = (state: ModelState, stock: string): boolean => takenOf(state, stock) >= at(state.stocks, stock).total;

function decide(state: ModelState, request: Request): string {
  switch (request.do) {
    case 'claim':
      return claim(state, request);
    case 'redeem':
      return redeem(state, request);
    case 'hold':
      return hold(state, request);
    case 'commit': {
      const current = openHold(state, request.hold);
      current.state = 'committed';
      return sell(state, request.id, current, 'held');
    }
    case 'void_hold':
      release(state, openHold(state, request.hold), 'voided');
      return 'voided';
    case 'reverse':
      return reverse(state, request.redemption);
    case 'offer':
      return offer(state, request);
    case 'accept':
      return accept(state, request);
    case 'cancel':
      returnGift(state, openGift(state, request.gift), 'cancelled');
      return 'cancelled';
    case 'transfer':
      return transfer(state, request);
    case 'void': {
      const instance = at(state.instances, request.instance);
      refuseIf(instance.state !== 'issued', 'INSTANCE_NOT_AVAILABLE');
      end(state, instance, 'void');
      count(state, instance.stock, -1);
      count(state, `${instance.stock} ${instance.customer}`, -1);
      return 'void';
    }
  }
}

function claim(state: ModelState, { id, stock: name, customer }: Request & { do: 'claim' }): string {
  const stock = at(state.stocks, name);
  const day = `${name} day ${Math.floor((state.now + 8 * 3600 * 1000) / DAY_MS)}`;
  refuseIf(state.now >= stock.endsAt, 'CLAIM_ENDED');
  requireRoom(state, stock, `${name} ${customer}`);
  refuseIf(takenOf(state, name) >= stock.total, 'STOCK_SOLD_OUT');
  refuseIf(stock.perDay > 0 && takenOf(state, day) >= stock.perDay, 'DAILY_LIMIT_REACHED');
  for (const key of [name, day, `${name} ${customer}`]) count(state, key, 1);
  const face = partOf(stock.face, { amount: 10_000, bank: 7_000 });
  const endsAt = state.now + stock.validMs;
  state.instances[id] = { stock: name, customer, state: 'issued', left: face.amount, bank: face.bank, endsAt };
  moveShared(state, `customer:${customer}`, 'budget', minus(face));
  return 'claimed';
}
