import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BenefitTransferred } from '@tidegate/contracts/benefits/v1/benefits_events';
import { notFound } from '@tidegate/errors';
import { event, GroupCommitter, Mongo, RequestBook, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { NOTHING_TAKEN, type Count } from '../../domain/count';
import { transfer } from '../../domain/gift';
import type { Instance } from '../../domain/instance';
import type { LedgerTransaction } from '../../domain/ledger';
import { countTaker, type Stock } from '../../domain/stock';
import { CountRepository, customerCountKey, personCountKey } from '../../repositories/count.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { PersonRepository } from '../../repositories/person.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { TransferBenefitInput } from './transfer-benefit.request';

/** Passes a benefit straight on to another customer 直接转送: concurrent transfers are committed as one (ADR 0002). */
@Injectable()
export class TransferBenefitUseCase {
  private readonly committer: GroupCommitter<TransferBenefitInput, Instance>;

  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly counts: CountRepository,
    private readonly persons: PersonRepository,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'transfer',
      batchMax: 128,
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
    const keys = commands.map(({ requestId, ...input }) => ({
      scope: `transfer-benefit|${input.customerId}`,
      requestId,
      input,
    }));
    const requests = await RequestBook.open<Instance>(keys, this.mongo, tx);
    const instances = await this.instances.findMany([...new Set(commands.map(({ instanceId }) => instanceId))], tx);
    const persons = await this.persons.find([...new Set(commands.map(({ toCustomerId }) => toCustomerId))], tx);
    const stockIds = [...new Set([...instances.values()].map(({ stockId }) => stockId))];
    const stocks = new Map(
      await Promise.all(stockIds.map(async (stockId) => [stockId, await this.catalogue.get(stockId)] as const)),
    );
    const known = await this.counts.find(takerKeys(commands, instances, persons), tx);
    const counts = new Map(known);
    const done: { given: Instance; received: Instance; ledgerTransaction: LedgerTransaction }[] = [];
    const settled = commands.map((command, index) =>
      requests.answer(index, () => {
        const before = instances.get(command.instanceId);
        if (before?.customerId !== command.customerId) {
          throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
        }
        const result = transfer(before, { transferId: transferIdOf(command), toCustomerId: command.toCustomerId, now });
        const personId = persons.get(command.toCustomerId) ?? command.toCustomerId;
        takeUnder(counts, { stock: stocks.get(before.stockId)!, customerId: command.toCustomerId, personId });
        instances.set(before.instanceId, result.instance);
        done.push({ given: result.instance, received: result.received, ledgerTransaction: result.ledgerTransaction });
        return result.received;
      }),
    );
    await this.save(done, { counts, known }, tx);
    await requests.save(this.mongo, tx);
    for (const { given, received } of done) tx.emit(transferred(given, received, now));
    return settled;
  }

  private async save(
    done: { given: Instance; received: Instance; ledgerTransaction: LedgerTransaction }[],
    { counts, known }: { counts: Map<string, Count>; known: Map<string, Count> },
    tx: Transaction,
  ): Promise<void> {
    if (done.length === 0) return;
    const changed = new Map([...counts].filter(([key, count]) => known.get(key) !== count));
    await this.instances.saveMany(
      done.map(({ given }) => given),
      tx,
    );
    await this.instances.addMany(
      done.map(({ received }) => received),
      tx,
    );
    await this.counts.save(changed, new Set(known.keys()), tx);
    await this.ledger.addMany(
      done.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
  }
}

/** Counts one more for the taker. @throws CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED */
function takeUnder(
  counts: Map<string, Count>,
  { stock, customerId, personId }: { stock: Stock; customerId: string; personId: string },
): void {
  const [customerKey, personKey] = [
    customerCountKey(stock.stockId, customerId),
    personCountKey(stock.stockId, personId),
  ];
  const [customerCount, personCount] = [customerKey, personKey].map((key) => counts.get(key) ?? NOTHING_TAKEN);
  const taken = countTaker(stock, { customerCount: customerCount!, personCount: personCount! });
  counts.set(customerKey, taken.customerCount);
  if (stock.naturalPersonLimit > 0) counts.set(personKey, taken.personCount);
}

const takerKeys = (
  commands: TransferBenefitInput[],
  instances: Map<string, Instance>,
  persons: Map<string, string>,
): string[] => [
  ...new Set(
    commands.flatMap(({ instanceId, toCustomerId }) => {
      const stockId = instances.get(instanceId)?.stockId;
      if (stockId === undefined) return [];
      const personId = persons.get(toCustomerId) ?? toCustomerId;
      return [customerCountKey(stockId, toCustomerId), personCountKey(stockId, personId)];
    }),
  ),
];

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
