import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { newId } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { CountRepository } from '../repositories/count.repository';
import { SOLD_OUT_HOLDS_MS } from './sold-out-takers';

/** Clocks of two machines may run at rates that differ by less than this. */
const MARGIN_MS = 25;
/** One that was told so long ago is not joined any more. Far below the time after which it is taken for left over. */
const JOINED_MS = 10_000;

const log = logger('unit-returns');

interface Return {
  returnId: string;
  beganAtMs: number;
  /** Ends when no replica stands on a read from before it was told of. */
  awaited: Promise<void>;
  users: number;
}

/** A unit may not come back to a full count before all replicas were told. */
export class ReturnUntold extends DomainError {
  constructor(readonly countKey: string) {
    super({
      code: 'ABORTED',
      reason: 'WRITE_CONFLICT',
      message: 'Too many requests changed the same data at once. Try again.',
    });
  }
}

/**
 * Lets a unit come back to a stock that is sold out: not before every replica that refuses from memory has ended, so that nobody
 * can win it while one of them would tell him, should his answer be lost, that he won nothing (ADR 0012).
 */
@Injectable()
export class UnitReturns {
  private readonly told = new Map<string, Return>();

  constructor(private readonly counts: CountRepository) {}

  /**
   * Tells of a return to a count, waits, and runs what gives the unit back, under the return's id: its transaction has to find that id
   * in the count it writes. Those that return units at once wait together.
   */
  async during<T>(countKey: string, giveBack: (returnId: string) => Promise<T>): Promise<T> {
    const known = this.told.get(countKey);
    const isJoined = known !== undefined && performance.now() - known.beganAtMs < JOINED_MS;
    const one = isJoined ? known : this.tell(countKey);
    one.users += 1;
    try {
      await one.awaited;
      return await giveBack(one.returnId);
    } finally {
      one.users -= 1;
      if (one.users === 0) await this.end(countKey, one);
    }
  }

  private tell(countKey: string): Return {
    const returnId = newId();
    const awaited = this.counts.tellReturn(countKey, returnId).then(() => delay(SOLD_OUT_HOLDS_MS + MARGIN_MS));
    const one: Return = { returnId, beganAtMs: performance.now(), awaited, users: 0 };
    this.told.set(countKey, one);
    return one;
  }

  /** Should it fail, another replica ends what is left over. */
  private async end(countKey: string, one: Return): Promise<void> {
    if (this.told.get(countKey) === one) this.told.delete(countKey);
    try {
      await this.counts.endReturns(countKey, [one.returnId]);
    } catch (err) {
      log.warn({ err, countKey }, 'a return could not be ended');
    }
  }
}
