import { isDeepStrictEqual } from 'node:util';
import { isSoldOut } from './model-claim';
import type { ModelState, Request } from './model-state';
import { pass, play, playRest } from './play';

/** What the service said to a request. */
export interface Told {
  request: Request;
  answer: string;
}

/** Which requests are still to come, by their place, and whether the first part of them was there. */
interface Open {
  state: ModelState;
  left: { index: number; isBegun: boolean }[];
}

/**
 * Every state that requests sent at once may have led to: those orders of them, one after another, in which the model says
 * what the service said. What comes later of a request may have others between. None when there is no such order.
 */
export function explain(before: ModelState[], told: Told[]): ModelState[] {
  let open: Open[] = before.map((state) => ({ state, left: told.map((_, index) => ({ index, isBegun: false })) }));
  const ends: ModelState[] = [];
  // What was answered before is told so by every replica.
  const news = new Set(
    told.map(({ request }) => request.id).filter((id) => before.every(({ answers }) => !(id in answers))),
  );
  while (open.length > 0) {
    const next: Open[] = [];
    for (const one of open) {
      if (one.left.length === 0) addNew(ends, one.state);
      for (const step of stepsFrom(one, told, news)) addNew(next, step);
    }
    open = next;
  }
  return ends;
}

function stepsFrom({ state, left }: Open, told: Told[], news: ReadonlySet<string>): Open[] {
  return left.flatMap(({ index, isBegun }) => {
    const { request, answer } = told[index]!;
    const played = isBegun ? playRest(state, request) : play(state, request);
    if (played.answer !== undefined && !agree(state, { request, answer }, played.answer)) {
      if (!news.has(request.id) || !isHeardEarly(state, { request, answer })) return [];
    }
    const others = left.filter((other) => other.index !== index);
    const rest = played.hasMore ? [...others, { index, isBegun: true }] : others;
    return [{ state: pass(played.after, 0), left: rest.sort((a, b) => a.index - b.index) }];
  });
}

/** Of one new claim sent twice at once, the replica that has heard of a pause refuses one while the other still grants the other. */
function isHeardEarly(state: ModelState, { request, answer }: Told): boolean {
  if (request.do !== 'claim' && request.do !== 'shared') return false;
  return answer === `STOCK_${state.stocks[request.stock]!.state.toUpperCase()}`;
}

function addNew<T>(known: T[], one: T): void {
  if (!known.some((other) => isDeepStrictEqual(other, one))) known.push(one);
}

function agree(state: ModelState, { request, answer }: Told, expected: string): boolean {
  if (answer === expected) return true;
  // What is past its date but not yet swept is refused under another name.
  if (answer === 'INSTANCE_EXPIRED') return expected === 'INSTANCE_NOT_AVAILABLE';
  // Once sold out, a stock refuses everybody for that, whatever else there is against him.
  const isRefusal = /^[A-Z_]+$/.test(expected);
  const isClaim = request.do === 'claim' || request.do === 'shared';
  return answer === 'STOCK_SOLD_OUT' && isClaim && isRefusal && isSoldOut(state, request.stock);
}
