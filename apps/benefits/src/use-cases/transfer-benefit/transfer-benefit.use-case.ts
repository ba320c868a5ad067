import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BenefitTransferred } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import {
  event,
  GroupCommitter,
  lookingBackIfRefused,
  Mongo,
  RequestBook,
  type Settled,
  type Transaction,
} from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { transfer } from '../../domain/gift';
import type { Instance } from '../../domain/instance';
import type { LedgerTransaction } from '../../domain/ledger';
import type { Stock } from '../../domain/stock';
import type { TakerBook } from '../../granting/taker-book';
import { type Taker, TakerLimits } from '../../granting/taker-limits';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { TransferBenefitInput } from './transfer-benefit.request';

interface Transferred {
  given: Instance;
  received: Instance;
  ledgerTransaction: LedgerTransaction;
}

interface Decided {
  done: Transferred[];
  takers: TakerBook;
  requests: RequestBook<Instance>;
  settled: Settled<Instance>[];
}

/** Passes a benefit straight on to another customer 直接转送: concurrent transfers are committed as one (ADR 0002). */
@Injectable()
export class TransferBenefitUseCase {
  private readonly committer: GroupCommitter<TransferBenefitInput, Instance>;

  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly limits: TakerLimits,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'transfer',
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /**
   * The taker's new instance.
   * @throws INSTANCE_NOT_FOUND, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, NOT_TRANSFERABLE, GIFT_TO_SELF,
   * CUSTOMER_LIMIT_REACHED and PERSON_LIMIT_REACHED (the taker's), REQUEST_ID_REUSED
   */
  execute(input: TransferBenefitInput): Promise<Instance> {
    return this.committer.submit(input);
  }

  private async commit(commands: TransferBenefitInput[], tx: Transaction): Promise<Settled<Instance>[]> {
    const now = this.clock.now();
    const { done, takers, requests, settled } = await lookingBackIfRefused(tx, (looksBack) =>
      this.decide(commands, now, { tx, looksBack }),
    );
    await this.save(done, takers, tx);
    await requests.save(this.mongo, tx);
    for (const { given, received } of done) tx.emit(transferred(given, received, now));
    return settled;
  }

  /** Without looking back, a repeat that passes is found out by its request id when that is stored again. */
  private async decide(
    commands: TransferBenefitInput[],
    now: Date,
    { tx, looksBack }: { tx: Transaction; looksBack: boolean },
  ): Promise<Decided> {
    const keys = commands.map(({ requestId, ...input }) => ({
      scope: `transfer-benefit|${input.customerId}`,
      requestId,
      input,
    }));
    const requests = looksBack
      ? await RequestBook.open<Instance>(keys, this.mongo, tx)
      : RequestBook.unread<Instance>(keys);
    const instances = await this.instances.findMany([...new Set(commands.map(({ instanceId }) => instanceId))], tx);
    const stocks = await this.catalogue.getMany([...instances.values()].map(({ stockId }) => stockId));
    const takers = await this.limits.open(takersOf(commands, instances, stocks), tx);
    const done: Transferred[] = [];
    const settled = commands.map((command, index) =>
      requests.answer(index, () => {
        const before = instances.get(command.instanceId);
        if (before?.customerId !== command.customerId) {
          throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
        }
        const result = transfer(before, { transferId: transferIdOf(command), toCustomerId: command.toCustomerId, now });
        takers.take(stocks.get(before.stockId)!, command.toCustomerId);
        instances.set(before.instanceId, result.instance);
        done.push({ given: result.instance, received: result.received, ledgerTransaction: result.ledgerTransaction });
        return result.received;
      }),
    );
    return { done, takers, requests, settled };
  }

  private async save(done: Transferred[], takers: TakerBook, tx: Transaction): Promise<void> {
    if (done.length === 0) return;
    await this.instances.saveMany(
      done.map(({ given }) => given),
      tx,
    );
    await this.instances.addMany(
      done.map(({ received }) => received),
      tx,
    );
    await this.limits.save(takers, tx);
    await this.ledger.addMany(
      done.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
  }
}

/** Who may take what, as far as there are such instances. */
const takersOf = (
  commands: TransferBenefitInput[],
  instances: ReadonlyMap<string, Instance>,
  stocks: ReadonlyMap<string, Stock>,
): Taker[] =>
  commands.flatMap(({ instanceId, toCustomerId }) => {
    const stock = stocks.get(instances.get(instanceId)?.stockId ?? '');
    return stock ? [{ stock, customerId: toCustomerId }] : [];
  });

/** The same request always makes the same transfer. */
const transferIdOf = ({ customerId, requestId }: TransferBenefitInput): string =>
  createHash('sha256').update(`transfer|${customerId}|${requestId}`).digest('base64url').slice(0, 32);

const transferred = (given: Instance, received: Instance, now: Date) =>
  event(BenefitTransferred, received.instanceId, {
    giftId: '',
    instanceId: given.instanceId,
    stockId: given.stockId,
    fromCustomerId: given.customerId,
    toCustomerId: received.customerId,
    transferredAt: now,
    receivedInstanceId: received.instanceId,
  });
