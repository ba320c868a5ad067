import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { repeatClaim, type ClaimCommand } from '../domain/claim';
import { dailyLimitReached, localDay, requireClaimWindow, soldOut, type Stock } from '../domain/stock';
import { InstanceRepository } from '../repositories/instance.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { ClaimCommitter, type ClaimAnswer } from './claim-committer';
import { RefusalTally } from './refusal-tally';
import { SoldOutTakers } from './sold-out-takers';

/**
 * Takes the claims that customers make themselves: what memory knows to be refused costs no look into the database, save for a
 * winner, who is told his first answer again.
 */
@Injectable()
export class ClaimDesk {
  constructor(
    private readonly committer: ClaimCommitter,
    private readonly instances: InstanceRepository,
    private readonly catalogue: StockCatalogue,
    private readonly takers: SoldOutTakers,
    private readonly tally: RefusalTally,
    private readonly clock: Clock,
  ) {}

  /**
   * @param requireAllowed throws when the way the claim came by has ended: a winner is told his claim nevertheless
   * @throws STOCK_NOT_FOUND, those of takeOne and of the guard, REQUEST_ID_REUSED
   */
  async claim(command: ClaimCommand, requireAllowed: (now: Date) => void = () => undefined): Promise<ClaimAnswer> {
    const { stockId } = command;
    try {
      const stock = await this.catalogue.get(stockId);
      return await this.answer(command, stock, requireAllowed);
    } catch (error) {
      if (error instanceof DomainError) this.tally.count(stockId, error.reason);
      throw error;
    }
  }

  private async answer(command: ClaimCommand, stock: Stock, requireAllowed: (now: Date) => void): Promise<ClaimAnswer> {
    const askedAtMs = Date.now();
    const refusal = this.refusalOf(stock, requireAllowed);
    if (!refusal) return this.submit(command, stock);
    // Nothing can be claimed now, so only a repeat of a claim that won can be answered otherwise.
    if (this.catalogue.isSoldOut(stock.stockId)) {
      const { hasUnits, mayHaveClaimed } = await this.takers.ask(stock, command.customerId);
      if (hasUnits) return this.answerAnew(command, stock, requireAllowed);
      this.catalogue.markSoldOut(stock.stockId, askedAtMs, stock.bundleStockIds);
      if (!mayHaveClaimed) throw refusal;
    }
    const winner = await this.instances.findGathered(command.instanceId);
    if (!winner) throw refusal;
    return { instance: repeatClaim(winner, command), isRepeat: true };
  }

  /** A unit came back, of which no news has arrived here. */
  private answerAnew(command: ClaimCommand, stock: Stock, requireAllowed: (now: Date) => void): Promise<ClaimAnswer> {
    this.catalogue.forgetSoldOut(stock.stockId);
    return this.answer(command, stock, requireAllowed);
  }

  private async submit(command: ClaimCommand, stock: Stock): Promise<ClaimAnswer> {
    const askedAtMs = Date.now();
    const askedAt = this.clock.now();
    this.takers.forget(command.stockId);
    try {
      return await this.committer.submit(command, stock);
    } catch (error) {
      const reason = error instanceof DomainError ? error.reason : '';
      if (reason === 'STOCK_SOLD_OUT') this.catalogue.markSoldOut(stock.stockId, askedAtMs, stock.bundleStockIds);
      if (reason === 'DAILY_LIMIT_REACHED') this.noteDayFull(command, stock, askedAt);
      throw error;
    } finally {
      this.takers.forget(command.stockId);
    }
  }

  /** Of a bundle a part may have reached its limit, and several units may be more than are left: then another claim may be made. */
  private noteDayFull({ stockId, count = 1 }: ClaimCommand, { kind, timeZone }: Stock, askedAt: Date): void {
    if (kind !== 'bundle' && count === 1) this.catalogue.markDayFull(stockId, localDay(askedAt, timeZone));
  }

  private isDayFull({ stockId, dailyLimit, timeZone }: Stock, now: Date): boolean {
    return dailyLimit > 0 && this.catalogue.isDayFull(stockId, localDay(now, timeZone));
  }

  /** Why this cannot be claimed now, as far as memory tells. */
  private refusalOf(stock: Stock, requireAllowed: (now: Date) => void): DomainError | undefined {
    const now = this.clock.now();
    try {
      requireAllowed(now);
      if (this.catalogue.isSoldOut(stock.stockId)) return soldOut();
      requireClaimWindow(stock, now);
      if (this.isDayFull(stock, now)) return dailyLimitReached();
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }
}
