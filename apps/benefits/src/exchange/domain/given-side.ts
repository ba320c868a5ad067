import { notFound } from '@tidegate/errors';
import type { Instance } from '../../domain/instance';
import type { LedgerTransaction } from '../../domain/ledger';
import type { ChangeCause } from '../../domain/state-changed';
import type { PointsBatch } from '../../points/domain/points-batch';
import type { Exchange } from './exchange';
import { putBackBenefit, takeBenefit, useUpBenefit, type GivenBenefit } from './given-benefit';

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
    const { give, exchangeId } = exchange;
    if (give.kind === 'points') {
      this.points.spend(moveOf(exchange), give.points);
      return;
    }
    const before = this.instanceOf(exchange);
    this.apply(before, takeBenefit(before, { stockId: give.stockId, exchangeId, now: this.now }), 'hold');
  }

  useUp(exchange: Exchange): void {
    if (exchange.give.kind === 'points') return;
    const before = this.instanceOf(exchange);
    this.apply(before, useUpBenefit(before, exchange.exchangeId, this.now), 'commit');
  }

  putBack(exchange: Exchange): void {
    if (exchange.give.kind === 'points') {
      this.points.giveBack(moveOf(exchange));
      return;
    }
    const before = this.instanceOf(exchange);
    this.apply(before, putBackBenefit(before, exchange.exchangeId, this.now), 'void');
  }

  /** Every changed instance in its last state. */
  instancesToSave(): Instance[] {
    return [...new Map(this.changes.map(({ after }) => [after.instanceId, after])).values()];
  }

  private instanceOf({ givenInstanceId, customerId }: Exchange): Instance {
    const instance = this.instances.get(givenInstanceId);
    if (instance?.customerId !== customerId) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
    return instance;
  }

  private apply(before: Instance, { instance: after, ledgerTransactions }: GivenBenefit, cause: ChangeCause): void {
    this.instances.set(after.instanceId, after);
    this.changes.push({ before, after, cause, ledgerTransactions });
  }
}

/** An exchange moves points under its own id. */
export const moveOf = ({ customerId, exchangeId }: Pick<Exchange, 'customerId' | 'exchangeId'>) => ({
  customerId,
  reference: exchangeId,
});
