import { Injectable } from '@nestjs/common';
import { BenefitStateChanged, StockReplenished } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { event, GroupCommitter, Mongo, RequestBook, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { voidInstance } from '../../domain/expiry';
import type { Instance } from '../../domain/instance';
import type { LedgerTransaction } from '../../domain/ledger';
import { stateChanged } from '../../domain/state-changed';
import { isFull, shardOf } from '../../domain/stock-shards';
import { TakerLimits, type Taker } from '../../granting/taker-limits';
import { ReturnUntold, UnitReturns } from '../../granting/unit-returns';
import { CountRepository, stockCountKey } from '../../repositories/count.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { VoidInstanceInput } from './void-instance.request';

interface VoidCommand {
  input: VoidInstanceInput;
  /** Who takes it back. */
  actorId: string;
  /** The return that was told of, where the stock was sold out. */
  returnId?: string;
}

interface Returned {
  before: Instance;
  /** Whose unit goes back to which stock. */
  returned: Taker;
  instance: Instance;
  ledgerTransaction: LedgerTransaction;
}

/**
 * The bank takes an unused benefit back 作废: its value returns to the funder, and the stock and its holder may have one again. Concurrent
 * ones are committed as one (ADR 0002): all of a stock count in the same place. What comes back to a stock that is sold out waits until no
 * replica refuses from memory any more (ADR 0012).
 */
@Injectable()
export class VoidInstanceUseCase {
  private readonly committer: GroupCommitter<VoidCommand, Instance>;

  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly limits: TakerLimits,
    private readonly counts: CountRepository,
    private readonly returns: UnitReturns,
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
  async execute(input: VoidInstanceInput, actorId: string): Promise<Instance> {
    try {
      return await this.committer.submit({ input, actorId });
    } catch (error) {
      if (!(error instanceof ReturnUntold)) throw error;
      return this.returns.during(error.countKey, (returnId) => this.committer.submit({ input, actorId, returnId }));
    }
  }

  private async commit(commands: VoidCommand[], tx: Transaction): Promise<Settled<Instance>[]> {
    const now = this.clock.now();
    const keys = commands.map(({ input: { requestId, ...input } }) => ({ scope: 'void-instance', requestId, input }));
    const requests = await RequestBook.open<Instance>(keys, this.mongo, tx);
    const instanceIds = new Set(commands.map(({ input }) => input.instanceId));
    const instances = await this.instances.findMany([...instanceIds], tx);
    const stocks = await this.catalogue.getMany([...instances.values()].map(({ stockId }) => stockId));
    const takerOf = ({ stockId, customerId }: Instance): Taker => ({ stock: stocks.get(stockId)!, customerId });
    const untold = await this.untoldKeys([...instances.values()].map(takerOf), commands, tx);
    const done: Returned[] = [];
    const settled = commands.map(({ input: { instanceId, reason }, actorId }, index) =>
      requests.answer(index, () => {
        const before = instances.get(instanceId);
        if (!before) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
        const { instance, ledgerTransaction } = voidInstance(before, { actorId, reason }, now);
        const returned = takerOf(before);
        if (untold.has(countKeyOf(returned))) throw new ReturnUntold(countKeyOf(returned));
        instances.set(instanceId, instance);
        done.push({ before, returned, instance, ledgerTransaction });
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

  private async save(done: readonly Returned[], tx: Transaction): Promise<void> {
    if (done.length === 0) return;
    await this.instances.saveMany(
      done.map(({ instance }) => instance),
      tx,
    );
    await this.ledger.addMany(
      done.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
    await this.limits.giveBack(
      done.map(({ returned }) => returned),
      tx,
    );
  }

  /** Keys of full counts to which no return was told of that still stands: what gives a unit back writes them, so whoever fills or ends one meets it. */
  private async untoldKeys(
    takers: readonly Taker[],
    commands: readonly VoidCommand[],
    tx: Transaction,
  ): Promise<ReadonlySet<string>> {
    const { counts, returns } = await this.counts.read([...new Set(takers.map(countKeyOf))], tx);
    const told = new Set(commands.map(({ returnId }) => returnId));
    const untold = takers.filter((taker) => {
      const key = countKeyOf(taker);
      const isTold = returns.get(key)?.some((returnId) => told.has(returnId)) ?? false;
      return !isTold && isFull(taker.stock, shardOf(taker.stock, taker.customerId), counts.get(key));
    });
    return new Set(untold.map(countKeyOf));
  }
}

/** Where a holder's unit goes back to. */
const countKeyOf = ({ stock, customerId }: Taker): string => stockCountKey(stock, shardOf(stock, customerId));
