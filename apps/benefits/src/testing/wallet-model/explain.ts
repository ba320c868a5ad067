import { isDeepStrictEqual } from 'node:util';
import { isSoldOut } from './model-claim';
import { reasonsAgainst } from './model-friends';
import type { ModelState, Request } from './model-state';
import { pass, play, playRest } from './play';

/** What the service said to a request. */
export interface Told {
  request: Request;
  answer: string;
}

/** Which requests are still to come, by their place, and which later parts of those that began. */
interface Open {
  state: ModelState;
  left: { index: number; part?: string }[];
}

/**
 * Every state that requests sent at once may have led to: those orders of them, one after another, in which the model says
 * what the service said. What comes later of a request may have others between. None when there is no such order.
 */
export function explain(before: ModelState[], told: Told[]): ModelState[] {
  const ends = inSomeOrder(before, told);
  return ends.length > 0 ? ends : withEarlyRefusal(before, told);
}

/**
 * Of one request sent twice at once, one is granted, and the other was refused in a moment that no order has: its snapshot had another request
 * which comes after the granted one, but not yet that one. A refusal writes nothing and holds nothing, so it is let pass if some of the others explain it.
 */
function withEarlyRefusal(before: ModelState[], told: Told[]): ModelState[] {
  return told.flatMap((refusal, index) => {
    const others = told.filter(({ request }) => request.id !== refusal.request.id);
    const rest = told.filter((_, place) => place !== index);
    const isTwin = others.length < rest.length;
    if (!isTwin || !isRefusal(refusal.answer)) return [];
    const isExplained = partsOf(others).some((some) => inSomeOrder(before, [...some, refusal]).length > 0);
    return isExplained ? inSomeOrder(before, rest) : [];
  });
}

const partsOf = (told: Told[]): Told[][] =>
  told.reduce<Told[][]>((parts, one) => [...parts, ...parts.map((part) => [...part, one])], [[]]);

const isRefusal = (answer: string): boolean => /^[A-Z_]+$/.test(answer);

function inSomeOrder(before: ModelState[], told: Told[]): ModelState[] {
  let open: Open[] = before.map((state) => ({ state, left: told.map((_, index) => ({ index })) }));
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
  return left.flatMap(({ index, part }, place) => {
    const { request, answer } = told[index]!;
    const played = part === undefined ? play(state, request) : playRest(state, request, part);
    if (played.answer !== undefined && !agree(state, { request, answer }, played.answer)) {
      if (!news.has(request.id) || !isHeardEarly(state, { request, answer })) return [];
    }
    const others = left.filter((_, other) => other !== place);
    const next = [...others, ...played.rest.map((each) => ({ index, part: each }))];
    return [{ state: pass(played.after, 0), left: next.sort((a, b) => a.index - b.index) }];
  });
}

/** Of one new claim sent twice at once, the replica that has heard of a pause refuses one while the other still grants the other. */
function isHeardEarly(state: ModelState, { request, answer }: Told): boolean {
  if (request.do !== 'claim' && request.do !== 'shared') return false;
  const { parts } = state.stocks[request.stock]!;
  return [request.stock, ...parts].some((name) => answer === `STOCK_${state.stocks[name]!.state.toUpperCase()}`);
}

function addNew<T>(known: T[], one: T): void {
  if (!known.some((other) => isDeepStrictEqual(other, one))) known.push(one);
}

function agree(state: ModelState, { request, answer }: Told, expected: string): boolean {
  if (answer === expected) return true;
  // What is past its date but not yet swept is refused under another name.
  if (answer === 'INSTANCE_EXPIRED') return expected === 'INSTANCE_NOT_AVAILABLE';
  if (!isRefusal(expected)) return false;
  // Of what is against an invitation any may be told.
  if (request.do === 'join') return reasonsAgainst(state, request).includes(answer);
  // Once sold out, a stock refuses everybody for that, whatever else there is against him.
  const isClaim = request.do === 'claim' || request.do === 'shared';
  return answer === 'STOCK_SOLD_OUT' && isClaim && isSoldOut(state, request.stock);
}
