import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, type Transaction } from '@tidegate/mongo';
import type { Instance } from '../../domain/instance';
import { stateChanged, type ChangeCause } from '../../domain/state-changed';
import { PointsBook } from '../../points/repositories/points-book';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { Exchange } from '../domain/exchange';
import { putBackBenefit, takeBenefit, useUpBenefit, type GivenBenefit } from '../domain/given-benefit';

/** The side that a customer gives, as writes of one transaction: taken at first, then used up or put back. */
@Injectable()
export class GivenSide {
  constructor(
    private readonly points: PointsBook,
    private readonly instances: InstanceRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /**
   * @throws POINTS_INSUFFICIENT, INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, INSTANCE_NOT_OF_OFFER, INSTANCE_EXPIRED,
   * INSTANCE_PARTLY_USED
   */
  async take({ give, exchangeId, customerId, givenInstanceId }: Exchange, now: Date, tx: Transaction): Promise<void> {
    if (give.kind === 'points') {
      await this.points.spend(customerId, exchangeId, give.points, now, tx);
      return;
    }
    const before = await this.instances.getOwn(givenInstanceId, customerId, tx);
    await this.write(before, takeBenefit(before, { stockId: give.stockId, exchangeId, now }), 'hold', { now, tx });
  }

  async useUp({ give, exchangeId, customerId, givenInstanceId }: Exchange, now: Date, tx: Transaction): Promise<void> {
    if (give.kind === 'points') return;
    const before = await this.instances.getOwn(givenInstanceId, customerId, tx);
    await this.write(before, useUpBenefit(before, exchangeId, now), 'commit', { now, tx });
  }

  async putBack(
    { give, exchangeId, customerId, givenInstanceId }: Exchange,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    if (give.kind === 'points') {
      await this.points.giveBack(customerId, exchangeId, now, tx);
      return;
    }
    const before = await this.instances.getOwn(givenInstanceId, customerId, tx);
    await this.write(before, putBackBenefit(before, exchangeId, now), 'void', { now, tx });
  }

  private async write(
    before: Instance,
    { instance, ledgerTransactions }: GivenBenefit,
    cause: ChangeCause,
    { now, tx }: { now: Date; tx: Transaction },
  ): Promise<void> {
    await this.instances.saveMany([instance], tx);
    await this.ledger.addMany(ledgerTransactions, tx);
    tx.emit(event(BenefitStateChanged, instance.instanceId, stateChanged(before, instance, cause, now)));
  }
}
