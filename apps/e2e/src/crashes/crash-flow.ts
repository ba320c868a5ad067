import type { Client, GrpcService } from '@tidegate/grpc';
import { eventually } from '@tidegate/testing';
import { untilAnswered } from '../testing/test-platform';

/** One thing that customers, tills or the bank do, in several steps. */
export interface CrashFlow {
  name: string;
  /** Whose steps are tried. */
  services: readonly string[];
  /** Only every so many of its steps are tried when not all of them are. */
  stride?: number;
  /**
   * Sets up what it needs, under ids of its own. What it returns plays it as a careful client does, who repeats what was not
   * answered, and throws when it does not come to its right end.
   */
  prepare(id: string): Promise<() => Promise<void>>;
}

// What a service had been given when it died comes to it again after ten seconds, its jobs when their lease is over; a busy machine starts it
// again slowly.
const WAIT = { timeoutMs: 300_000, everyMs: 100 };

/** A client whose every call is repeated, with the same request, until it is answered. */
export const careful = <S extends GrpcService>(client: Client<S>): Client<S> =>
  new Proxy(client, {
    get: (target, name, receiver) => {
      const call: unknown = Reflect.get(target, name, receiver);
      if (typeof call !== 'function') return call;
      return (request: unknown) =>
        untilAnswered(() => (call as (request: unknown) => Promise<unknown>)(request), WAIT.timeoutMs);
    },
  });

/** Waits for what a flow comes to. */
export const comesTo = <T>(expectation: () => Promise<T>): Promise<T> => eventually(expectation, WAIT);
