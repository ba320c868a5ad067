import { settle, type Settled } from './group-committer';
import { hashInput, requestIdReused, type EarlierAnswer, type RequestKey, type RequestLog } from './request-log';
import type { Transaction } from './transaction';

/**
 * The request ids of one group commit: a repeat, whether of an earlier commit or of a neighbour in this one, gets the first
 * answer and has no effect of its own.
 */
export class RequestBatch<T> {
  private readonly answered = new Map<string, { inputHash: string; result: T }>();
  private readonly fresh: { key: RequestKey; result: T }[] = [];

  private constructor(
    private readonly log: RequestLog,
    private readonly tx: Transaction,
    private readonly earlier: Map<RequestKey, EarlierAnswer<T> | undefined>,
  ) {}

  static async open<T>(log: RequestLog, keys: RequestKey[], tx: Transaction): Promise<RequestBatch<T>> {
    const found = await log.findMany<T>(tx, keys);
    return new RequestBatch(log, tx, new Map(keys.map((key, index) => [key, found[index]])));
  }

  /** The first answer to this request; a rule's refusal is not remembered, so a repeat is decided anew. */
  answer(key: RequestKey, rule: () => T): Settled<T> {
    const before = this.earlier.get(key);
    if (before) return 'result' in before ? { value: before.result } : { error: before.error };
    return settle(() => {
      const id = `${key.scope}:${key.requestId}`;
      const inputHash = hashInput(key.input);
      const neighbour = this.answered.get(id);
      if (neighbour) {
        if (neighbour.inputHash !== inputHash) throw requestIdReused(key.requestId);
        return neighbour.result;
      }
      const result = rule();
      this.answered.set(id, { inputHash, result });
      this.fresh.push({ key, result });
      return result;
    });
  }

  /** Stores the new answers, in the transaction that has their effects. */
  async save(): Promise<void> {
    await this.log.addMany(this.tx, this.fresh);
  }
}
