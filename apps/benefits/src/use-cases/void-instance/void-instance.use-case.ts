import { Injectable } from '@nestjs/common';
import { BenefitStateChanged, StockReplenished } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { event, GroupCommitter, Mongo, RequestBook, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { voidInstance } from '../../domain/expiry';
import type { Instance } from '../../domain/instance';
import type { LedgerTransaction } from '../../domain/ledger';
import { stateChanged } from '../../domain/state-changed';
import { TakerLimits } from '../../granting/taker-limits';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { VoidInstanceInput } from './void-instance.request';

interface TakenBack {
  before: Instance;
  instance: Instance;
  ledgerTransaction: LedgerTransaction;
}

/**
 * The bank takes an unused benefit back 作废: its value returns to the funder, and the stock and its holder may have one again. Concurrent
 * ones are committed as one (ADR 0002): all of a stock count in the same place.
 */
@Injectable()
export class VoidInstanceUseCase {
  private readonly committer: GroupCommitter<VoidInstanceInput, Instance>;

  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly limits: TakerLimits,
    private readonly catalogue: StockCatalogue,
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'void-instance',
      batchMax: 64,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** @throws INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, REQUEST_ID_REUSED */
  execute(input: VoidInstanceInput): Promise<Instance> {
    return this.committer.submit(input);
  }

  private async commit(commands: VoidInstanceInput[], tx: Transaction): Promise<Settled<Instance>[]> {
    const now = this.clock.now();
    const keys = commands.map(({ requestId, ...input }) => ({ scope: 'void-instance', requestId, input }));
    const requests = await RequestBook.open<Instance>(keys, this.mongo, tx);
    const instances = await this.instances.findMany([...new Set(commands.map(({ instanceId }) => instanceId))], tx);
    const done: TakenBack[] = [];
    const settled = commands.map(({ instanceId }, index) =>
      requests.answer(index, () => {
        const before = instances.get(instanceId);
        if (!before) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
        const { instance, ledgerTransaction } = voidInstance(before, now);
        instances.set(instanceId, instance);
        done.push({ before, instance, ledgerTransaction });
        return instance;
      }),
    );
    await this.save(done, tx);
    await requests.save(this.mongo, tx);
    for (const { before, instance } of done) {
      tx.emit(event(BenefitStateChanged, before.instanceId, stateChanged(before, instance, 'taken_back', now)));
      tx.emit(event(StockReplenished, before.stockId, { stockId: before.stockId, replenishedAt: now }));
    }
    return settled;
  }

  private async save(done: readonly TakenBack[], tx: Transaction): Promise<void> {
    if (done.length === 0) return;
    await this.instances.saveMany(
      done.map(({ instance }) => instance),
      tx,
    );
    await this.ledger.addMany(
      done.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
    const stocks = await this.catalogue.getMany(done.map(({ before }) => before.stockId));
    const returned = done.map(({ before }) => ({ stock: stocks.get(before.stockId)!, customerId: before.customerId }));
    await this.limits.giveBack(returned, tx);
  }
}
