import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { Instance } from '../../../domain/instance';
import { stateChanged } from '../../../domain/state-changed';
import { InstanceRepository } from '../../../repositories/instance.repository';
import { LedgerRepository } from '../../../repositories/ledger.repository';
import { StockCatalogue } from '../../../repositories/stock-catalogue';
import type { PlainCode } from '../../domain/code-line';
import { showFirst } from '../../domain/first-show';
import { CodePoolRepository } from '../../repositories/code-pool.repository';
import { PoolCodeRepository } from '../../repositories/pool-code.repository';
import type { ShowCodeInput } from './show-code.request';

/** Shows the code of a benefit to its holder. The first time redeems it; from then on it is shown as often as he asks. */
@Injectable()
export class ShowCodeUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly codes: PoolCodeRepository,
    private readonly pools: CodePoolRepository,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, also for somebody else's; INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, REDEEM_NOT_YET, REDEEM_WINDOW_CLOSED, CODE_NOT_FOUND */
  execute({ instanceId, customerId }: ShowCodeInput): Promise<PlainCode & { providerId: string }> {
    return this.mongo.transaction(async (tx) => {
      const instance = await this.instances.getOwn(instanceId, customerId, tx);
      const assignment = await this.codes.findAssignment(instanceId, tx);
      if (!assignment) throw notFound('CODE_NOT_FOUND', 'This benefit has no code.');
      const { providerId } = await this.pools.get(assignment.poolId, tx);
      if (!assignment.shownAt) await this.redeem(instance, providerId, tx);
      return { ...(await this.codes.open(assignment.codeId, tx)), providerId };
    });
  }

  private async redeem(before: Instance, providerId: string, tx: Transaction): Promise<void> {
    const stock = await this.catalogue.get(before.stockId);
    const now = this.clock.now();
    const { instance, ledgerTransaction } = showFirst(before, { stock, providerId }, now);
    await this.instances.saveMany([instance], tx);
    await this.ledger.addMany([ledgerTransaction], tx);
    await this.codes.markShown(instance.instanceId, now, tx);
    tx.emit(event(BenefitStateChanged, instance.instanceId, stateChanged(before, instance, 'redeem', now)));
  }
}
