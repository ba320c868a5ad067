import { notFound } from '@tidegate/errors';
import type { Instance } from '../../domain/instance';
import type { LedgerTransaction } from '../../domain/ledger';
import type { ChangeCause } from '../../domain/state-changed';
import type { PointsBatch } from '../../points/domain/points-batch';
import type { Exchange } from './exchange';
import { partIdOf, putBackBenefit, takeBenefit, useUpBenefit, type GivenBenefit } from './given-benefit';

/** A given benefit that moved. */
interface GivenChange {
  before: Instance;
  after: Instance;
  cause: ChangeCause;
  ledgerTransactions: LedgerTransaction[];
}

/** The sides that customers give, in one transaction: taken at first, then used up or put back. */
export class GivenSide {
  readonly changes: GivenChange[] = [];

  constructor(
    readonly points: PointsBatch,
    /** By id. */
    private readonly instances: Map<string, Instance>,
    private readonly now: Date,
  ) {}

  /**
   * @throws POINTS_INSUFFICIENT, INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, INSTANCE_NOT_OF_OFFER, INSTANCE_EXPIRED,
   * INSTANCE_PARTLY_USED
   */
  take(exchange: Exchange): void {
    const { give } = exchange;
    if (give.kind === 'points') {
      this.points.spend(moveOf(exchange), give.points);
      return;
    }
    this.moveAll(exchange, 'hold', (before, partId) =>
      takeBenefit(before, { stockId: give.stockId, partId, now: this.now }),
    );
  }

  useUp(exchange: Exchange): void {
    this.moveAll(exchange, 'commit', (before, partId) => useUpBenefit(before, partId, this.now));
  }

  putBack(exchange: Exchange): void {
    if (exchange.give.kind === 'points') {
      this.points.giveBack(moveOf(exchange));
      return;
    }
    this.moveAll(exchange, 'void', (before, partId) => putBackBenefit(before, partId, this.now));
  }

  /** Every changed instance in its last state. */
  instancesToSave(): Instance[] {
    return [...new Map(this.changes.map(({ after }) => [after.instanceId, after])).values()];
  }

  /** All that are given or, when one of them refuses, none. */
  private moveAll(
    { exchangeId, givenInstanceIds, customerId }: Exchange,
    cause: ChangeCause,
    move: (before: Instance, partId: string) => GivenBenefit,
  ): void {
    const moved = givenInstanceIds.map((instanceId, index) => {
      const before = this.instances.get(instanceId);
      if (before?.customerId !== customerId) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
      return { before, given: move(before, partIdOf(exchangeId, index)) };
    });
    for (const { before, given } of moved) {
      const { instance: after, ledgerTransactions } = given;
      this.instances.set(after.instanceId, after);
      this.changes.push({ before, after, cause, ledgerTransactions });
    }
  }
}

/** An exchange moves points under its own id. */
export const moveOf = ({ customerId, exchangeId }: Pick<Exchange, 'customerId' | 'exchangeId'>) => ({
  customerId,
  reference: exchangeId,
});
