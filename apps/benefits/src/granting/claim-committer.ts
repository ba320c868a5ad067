import { Injectable } from '@nestjs/common';
import { BenefitClaimed, StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { SharedBenefitClaimed } from '@tidegate/contracts/benefits/v1/shares_events';
import { event, GroupCommitter, Mongo, settle, type Settled, type Transaction, whileSending } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { repeatClaim, type ClaimCommand } from '../domain/claim';
import type { Instance } from '../domain/instance';
import { localDay, type Stock } from '../domain/stock';
import type { Count } from '../domain/count';
import { isSharded, mayRunDry, shardOf } from '../domain/stock-shards';
import { CountRepository, stockCountKey, stockCountKeys } from '../repositories/count.repository';
import { InstanceRepository } from '../repositories/instance.repository';
import { LedgerRepository } from '../repositories/ledger.repository';
import { PersonRepository } from '../repositories/person.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { ClaimBatch } from './claim-batch';
import { ClaimEffects } from './claim-effects';
import { decideClaim } from './decide-claim';
import { takerKeys } from './taker-book';

export interface ClaimAnswer {
  instance: Instance;
  isRepeat: boolean;
}

/** Claims in one transaction when thousands wait. */
const RUSH_MAX = 1_024;
/** From so many claims on, those who claim are taken for new to the stock: most are, and who is not shows as a duplicate key. */
const NEW_TAKERS_MIN = 64;
/** So long after one who was not, what each has taken is read first. */
const READ_TAKERS_MS = 1_000;
/** Commits of one process for stocks with shards at once. */
const SHARD_COMMITTERS = 8;

/**
 * The one place where instances are issued: concurrent claims are gathered and committed as one transaction, so one stock
 * takes thousands of claims a second and never gives one too many (ADR 0002).
 */
@Injectable()
export class ClaimCommitter {
  private readTakersUntilMs = -Infinity;
  /** One for every stock with one count; the shards of the others are spread over the rest. */
  private readonly committers: GroupCommitter<ClaimCommand, ClaimAnswer>[];

  constructor(
    mongo: Mongo,
    private readonly counts: CountRepository,
    private readonly instances: InstanceRepository,
    private readonly ledger: LedgerRepository,
    private readonly persons: PersonRepository,
    private readonly effects: ClaimEffects,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {
    this.committers = Array.from(
      { length: 1 + SHARD_COMMITTERS },
      (_, index) =>
        new GroupCommitter(mongo, {
          name: index === 0 ? 'claim' : 'claim-shard',
          rushMax: RUSH_MAX,
          commit: (commands, tx) => this.commit(commands, tx),
        }),
    );
  }

  /** @throws as the claim rule; REQUEST_ID_REUSED */
  submit(command: ClaimCommand, stock: Stock): Promise<ClaimAnswer> {
    const index = isSharded(stock) ? 1 + (shardOf(stock, command.customerId) % SHARD_COMMITTERS) : 0;
    return this.committers[index]!.submit(command);
  }

  private async commit(commands: ClaimCommand[], tx: Transaction): Promise<Settled<ClaimAnswer>[]> {
    const now = this.clock.now();
    const batch = await this.load(commands, now, tx);
    const withdrawn = await this.effects.withdrawn(commands, tx);
    const settled = commands.map((command) => {
      const refusal = withdrawn.get(command.instanceId);
      return refusal ? { error: refusal } : this.decide(batch, command, now);
    });
    if (tx.attempt === 1) await this.answerRepeats(commands, settled, tx);
    await this.save(batch, tx, () => this.tell(batch, commands, now, tx));
    return settled;
  }

  private tell(batch: ClaimBatch, commands: ClaimCommand[], now: Date, tx: Transaction): void {
    const byInstance = new Map(commands.map((command) => [command.instanceId, command]));
    for (const { instance } of batch.claimed) {
      const { instanceId, fromInstanceId, customerId, claimedAt } = instance;
      const decisionId = byInstance.get(fromInstanceId || instanceId)?.decisionId ?? '';
      // A bundle came by the link, not each of its parts.
      const shareLinkId = byInstance.get(instanceId)?.shareLinkId ?? '';
      tx.emit(event(BenefitClaimed, instanceId, { decisionId, shareLinkId, ...instance }));
      if (shareLinkId) {
        tx.emit(event(SharedBenefitClaimed, shareLinkId, { shareLinkId, customerId, instanceId, claimedAt }));
      }
    }
    for (const { stockId } of batch.soldOut) tx.emit(event(StockSoldOut, stockId, { stockId, soldOutAt: now }));
  }

  private decide(batch: ClaimBatch, command: ClaimCommand, now: Date): Settled<ClaimAnswer> {
    const earlier = batch.instances.get(command.instanceId);
    return settle(() => {
      if (earlier) return { instance: repeatClaim(earlier, command), isRepeat: true };
      return { instance: decideClaim(batch, command, now), isRepeat: false };
    });
  }

  /**
   * Earlier claims are looked up only where they matter: for what was refused, here, and for all when the same id was
   * inserted again, in the attempt after the duplicate key. So a rush of new claims does not pay for repeats.
   */
  private async answerRepeats(
    commands: ClaimCommand[],
    settled: Settled<ClaimAnswer>[],
    tx: Transaction,
  ): Promise<void> {
    const refused = commands.filter((_, index) => 'error' in (settled[index] ?? {}));
    if (refused.length === 0) return;
    const earlier = await this.instances.findMany(
      refused.map(({ instanceId }) => instanceId),
      tx,
    );
    commands.forEach((command, index) => {
      const won = earlier.get(command.instanceId);
      if (won) settled[index] = settle(() => ({ instance: repeatClaim(won, command), isRepeat: true }));
    });
  }

  private async load(commands: ClaimCommand[], now: Date, tx: Transaction): Promise<ClaimBatch> {
    const stocks = await this.loadStocks(commands);
    const limited = [...stocks.values()].some(({ naturalPersonLimit }) => naturalPersonLimit > 0);
    const customerIds = [...new Set(commands.map(({ customerId }) => customerId))];
    // One after another: a session runs one operation at a time.
    const persons = await this.persons.find(limited ? customerIds : [], tx);
    const areTakersRead = limited || this.mustReadTakers(commands, tx);
    const keys = new Set<string>();
    for (const { stockId, customerId } of commands) {
      for (const stock of withParts(stocks, stockId)) {
        keys.add(stockCountKey(stock, shardOf(stock, customerId)));
        if (areTakersRead) for (const key of takerKeys(stock, customerId, persons)) keys.add(key);
      }
    }
    const counts = await this.counts.find([...keys], tx);
    const lenders = lenderKeys(commands, stocks, counts, now).filter((key) => !keys.has(key));
    if (lenders.length > 0) for (const [key, count] of await this.counts.find(lenders, tx)) counts.set(key, count);
    const instanceIds = commands.map(({ instanceId }) => instanceId);
    const instances = tx.attempt === 1 ? new Map<string, Instance>() : await this.instances.findMany(instanceIds, tx);
    const supplies = await this.effects.supplies(stocks.values(), tx);
    return new ClaimBatch(stocks, instances, persons, { counts, areTakersRead }, supplies);
  }

  private mustReadTakers(commands: ClaimCommand[], { attempt }: Transaction): boolean {
    const nowMs = performance.now();
    if (attempt > 1) this.readTakersUntilMs = nowMs + READ_TAKERS_MS;
    return commands.length < NEW_TAKERS_MIN || nowMs < this.readTakersUntilMs;
  }

  /** The stocks that are claimed, and those that bundles are made of. */
  private async loadStocks(commands: ClaimCommand[]): Promise<Map<string, Stock>> {
    const stockIds = [...new Set(commands.map((command) => command.stockId))];
    const stocks = await Promise.all(stockIds.map((stockId) => this.catalogue.get(stockId)));
    const partIds = new Set(stocks.flatMap(({ bundleStockIds }) => bundleStockIds));
    const parts = await Promise.all([...partIds].map((stockId) => this.catalogue.get(stockId)));
    return new Map([...stocks, ...parts].map((stock) => [stock.stockId, stock]));
  }

  /** While the database is busy with what is sent, what comes next is made ready; `tell` is called in such a time, for the events are written last. */
  private async save(batch: ClaimBatch, tx: Transaction, tell: () => void): Promise<void> {
    const { claimed } = batch;
    if (claimed.length === 0) return;
    const { changed, known, touched } = batch.changedCounts();
    const saving = this.counts.save(changed, known, tx, { wereRead: batch.areTakersRead });
    const instances = claimed.map(({ instance }) => instance);
    const addInstances = await whileSending(saving, () => this.instances.prepareAdd(instances));
    await this.counts.touch(touched, tx);
    const addLedger = await whileSending(addInstances(tx), () => {
      tell();
      return this.ledger.prepareAdd(claimed.flatMap(({ ledgerTransaction }) => ledgerTransaction ?? []));
    });
    await addLedger(tx);
    const issued = claimed.map(({ instance }) => ({ stock: batch.stock(instance.stockId), instance }));
    await this.effects.run(issued, tx);
  }
}

/** Keys of all shards of the stocks of which a shard may run dry in this batch: it is lent units of the others. */
function lenderKeys(
  commands: ClaimCommand[],
  stocks: ReadonlyMap<string, Stock>,
  counts: ReadonlyMap<string, Count>,
  now: Date,
): string[] {
  const unitCount = commands.reduce((sum, { count = 1 }) => sum + count, 0);
  const dry = [...stocks.values()].filter(
    (stock) =>
      isSharded(stock) &&
      commands.some(({ customerId }) => {
        const shard = shardOf(stock, customerId);
        const count = counts.get(stockCountKey(stock, shard));
        return mayRunDry(stock, { shard, count, day: localDay(now, stock.timeZone) }, unitCount);
      }),
  );
  return dry.flatMap(stockCountKeys);
}

const withParts = (stocks: Map<string, Stock>, stockId: string): Stock[] => {
  const stock = stocks.get(stockId);
  return [stock, ...(stock?.bundleStockIds ?? []).map((id) => stocks.get(id))].filter((each) => each !== undefined);
};
