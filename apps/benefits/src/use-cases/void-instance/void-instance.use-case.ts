import { Injectable } from '@nestjs/common';
import { BenefitStateChanged, StockReplenished } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { voidInstance } from '../../domain/expiry';
import type { Instance } from '../../domain/instance';
import { stateChanged } from '../../domain/state-changed';
import { TakerLimits } from '../../granting/taker-limits';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { VoidInstanceInput } from './void-instance.request';

/** The bank takes an unused benefit back 作废: its value returns to the funder, and the stock and its holder may have one again. */
@Injectable()
export class VoidInstanceUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly limits: TakerLimits,
    private readonly catalogue: StockCatalogue,
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: VoidInstanceInput): Promise<Instance> {
    return this.mongo.once({ scope: 'void-instance', requestId, input }, async (tx) => {
      const now = this.clock.now();
      const before = await this.instances.find(input.instanceId, tx);
      if (!before) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
      const stock = await this.catalogue.get(before.stockId);
      const { instance, ledgerTransaction } = voidInstance(before, now);
      await this.instances.saveMany([instance], tx);
      await this.ledger.addMany([ledgerTransaction], tx);
      await this.limits.giveBack(stock, before, tx);
      tx.emit(event(BenefitStateChanged, before.instanceId, stateChanged(before, instance, 'taken_back', now)));
      tx.emit(event(StockReplenished, before.stockId, { stockId: before.stockId, replenishedAt: now }));
      return instance;
    });
  }
}
