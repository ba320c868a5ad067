import { settle, type Settled } from './group-committer';
import type { Mongo } from './mongo';
import { hashInput, requestIdReused, type EarlierAnswer, type RequestKey } from './request-log';
import type { Transaction } from './transaction';

/**
 * The request ids of one group commit: what was answered before, in an earlier commit or earlier in this one, so that a repeat
 * gets the first answer. Commands without a key are never repeats.
 */
export class RequestBook<R> {
  private readonly fresh = new Map<string, { key: RequestKey; hash: string; settled: Settled<R> }>();

  private constructor(
    private readonly keys: (RequestKey | undefined)[],
    private readonly earlier: ReadonlyMap<RequestKey, EarlierAnswer<R> | undefined>,
  ) {}

  static async open<R>(keys: (RequestKey | undefined)[], mongo: Mongo, tx: Transaction): Promise<RequestBook<R>> {
    const known = keys.filter((key) => key !== undefined);
    const answers = await mongo.requests.findMany<R>(tx, known);
    return new RequestBook(keys, new Map(known.map((key, index) => [key, answers[index]])));
  }

  /**
   * Looks nothing up, for a first try: a repeat whose rule lets it pass meets its own id when it is stored, and the transaction runs again.
   * One that is refused may be a repeat too: look back before refusing it.
   */
  static unread<R>(keys: (RequestKey | undefined)[]): RequestBook<R> {
    return new RequestBook<R>(keys, new Map());
  }

  /** Answers the command at an index: a repeat as it was answered first, any other by its rule. */
  answer(index: number, rule: () => R): Settled<R> {
    const before = this.repeatOf(index);
    if (before) return before;
    const settled = settle(rule);
    this.answered(index, settled);
    return settled;
  }

  /** The first answer when the command at an index is a repeat. */
  repeatOf(index: number): Settled<R> | undefined {
    const key = this.keys[index];
    if (!key) return undefined;
    const before = this.earlier.get(key);
    if (before) return 'error' in before ? before : { value: before.result };
    const same = this.fresh.get(idOf(key));
    if (!same) return undefined;
    return same.hash === hashInput(key.input) ? same.settled : { error: requestIdReused(key.requestId) };
  }

  /** Takes in the answer of a command that was not a repeat. */
  answered(index: number, settled: Settled<R>): void {
    const key = this.keys[index];
    if (key) this.fresh.set(idOf(key), { key, hash: hashInput(key.input), settled });
  }

  /** Remembers what was done; a refusal is not remembered, the same request may succeed later. */
  async save(mongo: Mongo, tx: Transaction): Promise<void> {
    const done = [...this.fresh.values()].flatMap(({ key, settled }) =>
      'value' in settled ? [{ key, result: settled.value }] : [],
    );
    await mongo.requests.addMany(tx, done);
  }
}

/**
 * Decides a batch without looking back at first, so that a rush of new requests does not pay for repeats: one that passes meets its own id when
 * it is stored, and the next attempt looks back. What is refused may have been done before: only then does a first attempt look back too.
 */
export async function lookingBackIfRefused<T extends { settled: Settled<unknown>[] }>(
  { attempt }: Transaction,
  decide: (looksBack: boolean) => Promise<T>,
): Promise<T> {
  const decided = await decide(attempt > 1);
  const isRefused = attempt === 1 && decided.settled.some((one) => 'error' in one);
  return isRefused ? decide(true) : decided;
}

const idOf = ({ scope, requestId }: RequestKey): string => `${scope}:${requestId}`;
