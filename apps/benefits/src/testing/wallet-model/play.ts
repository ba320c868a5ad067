import { adjust, settle, show } from './model-books';
import { claim, claimShared, link, setState, takeBack } from './model-claim';
import { openExchange, settleExchange } from './model-exchange';
import { accept, offer, openGift, returnGift, transfer } from './model-gift';
import { join } from './model-friends';
import { find } from './model-hunt';
import { earn, expirePoints, unearn } from './model-points';
import { grantOwed } from './model-grants';
import { owedFor } from './model-rewards';
import { makeUp, signIn } from './model-sign-in';
import { end, Refusal, type ModelState, type Request } from './model-state';
import { hold, openHold, redeem, release, reverse, sell } from './model-till';

// A second, much simpler telling of what a wallet does: plain objects, one command after another, no database. It is
// written from the contract, not from the service's own rules, so that both must agree.

/** A state after a part of a request. */
export interface Played {
  after: ModelState;
  /** What is told; undefined when the request is not told yet, or was. */
  answer?: string;
  /** What of the request comes later, in any order: other requests may come between. */
  rest: string[];
}

const EXCHANGE = 'exchange';

/** What the request comes to and the state after it; a refusal changes nothing, a repeat is told its first answer. */
export function play(before: ModelState, request: Request): Played {
  const earlier = before.answers[request.id];
  if (earlier !== undefined) return { answer: earlier, after: before, rest: [] };
  if (request.id in before.exchanges) return { after: before, rest: [EXCHANGE] };
  const after = structuredClone(before);
  try {
    if (request.do === 'buy' || request.do === 'sell') {
      openExchange(after, request);
      return { after, rest: [EXCHANGE] };
    }
    const answer = decide(after, request);
    after.answers[request.id] = answer;
    return { answer, after, rest: owedFor(after, request.id) };
  } catch (error) {
    if (error instanceof Refusal) return { answer: error.message, after: before, rest: [] };
    throw error;
  }
}

/** A later part of a request: the other side of an exchange, or a reward of what was done. */
export function playRest(before: ModelState, request: Request, part: string): Played {
  const after = structuredClone(before);
  if (request.do !== 'buy' && request.do !== 'sell') {
    grantOwed(after, part);
    return { after, rest: [] };
  }
  const earlier = before.answers[request.id];
  if (earlier !== undefined) return { answer: earlier, after: before, rest: [] };
  const answer = settleExchange(after, request);
  after.answers[request.id] = answer;
  return { answer, after, rest: [] };
}

/** Lets time pass: holds time out, gifts come back, benefits and points expire. */
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
  expirePoints(state);
  return state;
}

type Decide = { [D in Request['do']]: (state: ModelState, request: Request & { do: D }) => string };

const DECIDE: Omit<Decide, 'buy' | 'sell'> = {
  claim,
  shared: claimShared,
  redeem,
  hold,
  commit: (state, { id, hold: name }) => {
    const current = openHold(state, name);
    current.state = 'committed';
    return sell(state, id, current, 'held');
  },
  void_hold: (state, { hold: name }) => {
    release(state, openHold(state, name), 'voided');
    return 'voided';
  },
  reverse: (state, { redemption }) => reverse(state, redemption),
  offer,
  accept,
  cancel: (state, { gift }) => {
    returnGift(state, openGift(state, gift), 'cancelled');
    return 'cancelled';
  },
  transfer,
  void: takeBack,
  set_state: setState,
  link,
  show,
  earn,
  unearn,
  sign_in: signIn,
  make_up: makeUp,
  find,
  join,
  adjust,
  settle,
};

const decide = <D extends keyof typeof DECIDE>(state: ModelState, request: Request & { do: D }): string =>
  (DECIDE[request.do] as Decide[D])(state, request);
