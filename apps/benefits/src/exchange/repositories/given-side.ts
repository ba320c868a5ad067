import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, type Transaction } from '@tidegate/mongo';
import { moveInstance, type Instance } from '../../domain/instance';
import { stateChanged, type ChangeCause } from '../../domain/state-changed';
import { PointsBook } from '../../points/repositories/points-book';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { Exchange } from '../domain/exchange';
import { takeBenefit, useUpBenefit } from '../domain/given-benefit';

/** The side that a customer gives, as writes of one transaction: taken at first, then used up or put back. */
@Injectable()
export class GivenSide {
  constructor(
    private readonly points: PointsBook,
    private readonly instances: InstanceRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /** @throws POINTS_INSUFFICIENT, INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, INSTANCE_NOT_OF_OFFER, INSTANCE_EXPIRED */
  async take({ give, exchangeId, customerId, givenInstanceId }: Exchange, now: Date, tx: Transaction): Promise<void> {
    if (give.kind === 'points') {
      await this.points.spend(customerId, exchangeId, give.points, now, tx);
      return;
    }
    const before = await this.instances.getOwn(givenInstanceId, customerId, tx);
    await this.move(before, takeBenefit(before, give.stockId, now), 'hold', { now, tx });
  }

  async useUp({ give, exchangeId, customerId, givenInstanceId }: Exchange, now: Date, tx: Transaction): Promise<void> {
    if (give.kind === 'points') return;
    const before = await this.instances.getOwn(givenInstanceId, customerId, tx);
    const { instance, ledgerTransaction } = useUpBenefit(before, exchangeId, now);
    await this.move(before, instance, 'commit', { now, tx });
    await this.ledger.addMany([ledgerTransaction], tx);
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
    await this.move(before, moveInstance(before, 'void'), 'void', { now, tx });
  }

  private async move(
    before: Instance,
    after: Instance,
    cause: ChangeCause,
    { now, tx }: { now: Date; tx: Transaction },
  ): Promise<void> {
    await this.instances.saveMany([after], tx);
    tx.emit(event(BenefitStateChanged, after.instanceId, stateChanged(before, after, cause, now)));
  }
}
