import { counterKey, type EventCounter } from '@tidegate/rules';

/** Counters kept at a time: each may cost every customer's document some kilobytes. */
export const COUNTERS_MAX = 64;
/** A counter that no rule asks for any more is kept so long, should one ask again. */
const UNWANTED_MS = 86_400_000;
/** How often it is worth a write that a counter is still wanted. */
const WANTED_AGAIN_MS = 3_600_000;

/** `filling`: facts are counted as they come, and those of before are being fetched; `ready`: decisions use it. */
export type CounterState = 'filling' | 'ready';

export interface KeptCounter {
  /** Of its series in the customers; never given to another counter. */
  name: string;
  counter: EventCounter;
  state: CounterState;
  wantedAt: Date;
  /** Filled up to this customer. */
  filledUntil: string;
  filledCustomerCount: number;
}

/** Every counter that is kept, in one document: whoever counts a fact sees all of them at one moment. */
export interface CounterRegister {
  nextName: number;
  counters: KeptCounter[];
}

export const EMPTY_REGISTER: CounterRegister = { nextName: 1, counters: [] };

/** Takes counters in that rules ask for; the same register when nothing is new. Beyond so many in all they are left out. */
export function wantCounters(
  register: CounterRegister,
  asked: readonly EventCounter[],
  now: Date,
  countMax = COUNTERS_MAX,
): CounterRegister {
  const wanted = new Map(asked.map((counter) => [counterKey(counter), counter]));
  let isChanged = false;
  const counters = register.counters.map((kept) => {
    if (!wanted.delete(counterKey(kept.counter))) return kept;
    if (now.getTime() - kept.wantedAt.getTime() < WANTED_AGAIN_MS) return kept;
    isChanged = true;
    return { ...kept, wantedAt: now };
  });
  let { nextName } = register;
  for (const counter of wanted.values()) {
    if (counters.length >= countMax) break;
    isChanged = true;
    const begun = { state: 'filling', wantedAt: now, filledUntil: '', filledCustomerCount: 0 } as const;
    counters.push({ name: String(nextName++), counter, ...begun });
  }
  return isChanged ? { nextName, counters } : register;
}

/** Names of the counters that are whole. */
export const readyNames = ({ counters }: CounterRegister): string[] =>
  counters.filter(({ state }) => state === 'ready').map(({ name }) => name);

/** Whether all of them are kept. */
export function keepsAll({ counters }: CounterRegister, asked: readonly EventCounter[]): boolean {
  const kept = new Set(counters.map(({ counter }) => counterKey(counter)));
  return asked.every((counter) => kept.has(counterKey(counter)));
}

/** Drops counters that were not wanted for a day; the same register when there are none. */
export function sweepCounters(register: CounterRegister, now: Date): CounterRegister {
  const counters = register.counters.filter(({ wantedAt }) => now.getTime() - wantedAt.getTime() < UNWANTED_MS);
  return counters.length < register.counters.length ? { ...register, counters } : register;
}

/** Goes on with the filling of a counter; `until` null ends it. A counter that is not being filled stays as it is. */
export function fillCounter(
  register: CounterRegister,
  name: string,
  page: { until: string | null; customerCount: number },
): CounterRegister {
  const counters = register.counters.map((kept): KeptCounter => {
    if (kept.name !== name || kept.state !== 'filling') return kept;
    const filledCustomerCount = kept.filledCustomerCount + page.customerCount;
    return page.until === null
      ? { ...kept, state: 'ready', filledCustomerCount }
      : { ...kept, filledUntil: page.until, filledCustomerCount };
  });
  return { ...register, counters };
}
