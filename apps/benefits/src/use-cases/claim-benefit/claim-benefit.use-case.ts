import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BenefitClaimed, StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { DomainError } from '@tidegate/errors';
import { event, GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { claim, repeatClaim, type ClaimCommand, type Claimed } from '../../domain/claim';
import type { Instance } from '../../domain/instance';
import { requireClaimWindow, soldOut } from '../../domain/stock';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import { customerCountKey, StockRepository } from '../../repositories/stock.repository';
import { apply, pick, stateOf, type ClaimBatch } from './claim-batch';
import type { ClaimBenefitInput } from './claim-benefit.request';
import { RefusalTally } from './refusal-tally';

export interface ClaimAnswer {
  instance: Instance;
  isRepeat: boolean;
}

/**
 * Claims a benefit 领取, also in a flash sale 抢购: concurrent claims are gathered and committed as one transaction, so one
 * stock takes thousands of claims a second and never gives one too many (ADR 0002).
 */
@Injectable()
export class ClaimBenefitUseCase {
  private readonly committer: GroupCommitter<ClaimCommand, ClaimAnswer>;

  constructor(
    mongo: Mongo,
    private readonly stocks: StockRepository,
    private readonly instances: InstanceRepository,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly tally: RefusalTally,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'claim',
      batchMax: 128,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /**
   * @throws STOCK_NOT_FOUND, CLAIM_NOT_STARTED, CLAIM_ENDED, STOCK_CLOSED, STOCK_SOLD_OUT, DAILY_LIMIT_REACHED,
   * CUSTOMER_LIMIT_REACHED, REQUEST_ID_REUSED
   */
  async execute(input: ClaimBenefitInput): Promise<ClaimAnswer> {
    const command: ClaimCommand = { ...input, instanceId: instanceIdOf(input.customerId, input.requestId) };
    try {
      return await this.answer(command);
    } catch (error) {
      if (error instanceof DomainError) this.noteRefusal(command.stockId, error.reason);
      throw error;
    }
  }

  private async answer(command: ClaimCommand): Promise<ClaimAnswer> {
    const stock = await this.catalogue.get(command.stockId);
    if (!this.catalogue.isSoldOut(command.stockId)) {
      requireClaimWindow(stock, this.clock.now());
      return this.committer.submit(command);
    }
    // Nothing is left, so only a repeat of a claim that won can be answered otherwise.
    const winner = await this.instances.findGathered(command.instanceId);
    if (!winner) throw soldOut();
    return { instance: repeatClaim(winner, command), isRepeat: true };
  }

  private noteRefusal(stockId: string, reason: string): void {
    this.tally.count(stockId, reason);
    if (reason === 'STOCK_SOLD_OUT') this.catalogue.markSoldOut(stockId);
  }

  private async commit(commands: ClaimCommand[], tx: Transaction): Promise<Settled<ClaimAnswer>[]> {
    const now = this.clock.now();
    const batch = await this.load(commands, tx);
    const claimed: Claimed[] = [];
    const settled: Settled<ClaimAnswer>[] = [];
    for (const command of commands) {
      const earlier = batch.instances.get(command.instanceId);
      if (earlier) {
        settled.push(settle(() => ({ instance: repeatClaim(earlier, command), isRepeat: true })));
        continue;
      }
      settled.push(
        settle(() => {
          const result = claim(stateOf(batch, command), command, now);
          apply(batch, command, result);
          claimed.push(result);
          tx.emit(event(BenefitClaimed, command.instanceId, { ...result.instance, decisionId: command.decisionId }));
          return { instance: result.instance, isRepeat: false };
        }),
      );
    }
    await this.save(batch, claimed, tx);
    for (const stock of batch.soldOut) {
      tx.emit(event(StockSoldOut, stock.stockId, { stockId: stock.stockId, soldOutAt: now }));
    }
    return settled;
  }

  private async load(commands: ClaimCommand[], tx: Transaction): Promise<ClaimBatch> {
    const stockIds = [...new Set(commands.map((command) => command.stockId))];
    const keys = [...new Set(commands.map((command) => customerCountKey(command.stockId, command.customerId)))];
    const stocks = await Promise.all(stockIds.map((stockId) => this.catalogue.get(stockId)));
    // One after another: a session runs one operation at a time.
    const instances = await this.instances.findMany(
      commands.map((command) => command.instanceId),
      tx,
    );
    const stockCounts = await this.stocks.findStockCounts(stockIds, tx);
    const customerCounts = await this.stocks.findCustomerCounts(keys, tx);
    return {
      stocks: new Map(stocks.map((stock) => [stock.stockId, stock])),
      instances,
      stockCounts,
      customerCounts,
      knownKeys: new Set(customerCounts.keys()),
      changedStocks: new Set(),
      changedKeys: new Set(),
      soldOut: [],
    };
  }

  private async save(batch: ClaimBatch, claimed: Claimed[], tx: Transaction): Promise<void> {
    if (claimed.length === 0) return;
    await this.stocks.saveStockCounts(pick(batch.stockCounts, batch.changedStocks), tx);
    await this.stocks.saveCustomerCounts(pick(batch.customerCounts, batch.changedKeys), batch.knownKeys, tx);
    await this.instances.addMany(
      claimed.map((result) => result.instance),
      tx,
    );
    await this.ledger.addMany(
      claimed.map((result) => result.ledgerTransaction),
      tx,
    );
  }
}

/** The same customer and request id always make the same instance, so a repeat finds the first answer by key. */
export const instanceIdOf = (customerId: string, requestId: string): string =>
  createHash('sha256').update(`claim|${customerId}|${requestId}`).digest('base64url').slice(0, 32);
