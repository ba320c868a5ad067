import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { repeatClaim, type ClaimCommand } from '../../domain/claim';
import { requireClaimWindow, soldOut, type Stock } from '../../domain/stock';
import { instanceIdOf } from '../../granting/benefit-granter';
import { ClaimCommitter, type ClaimAnswer } from '../../granting/claim-committer';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { ClaimBenefitInput } from './claim-benefit.request';
import { RefusalTally } from './refusal-tally';
import { SoldOutTakers } from './sold-out-takers';

/** Claims a benefit 领取, also in a flash sale 抢购. */
@Injectable()
export class ClaimBenefitUseCase {
  constructor(
    private readonly committer: ClaimCommitter,
    private readonly instances: InstanceRepository,
    private readonly catalogue: StockCatalogue,
    private readonly takers: SoldOutTakers,
    private readonly tally: RefusalTally,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws STOCK_NOT_FOUND, CLAIM_NOT_STARTED, CLAIM_ENDED, STOCK_CLOSED, STOCK_SOLD_OUT, DAILY_LIMIT_REACHED,
   * CUSTOMER_LIMIT_REACHED, REQUEST_ID_REUSED
   */
  async execute(input: ClaimBenefitInput): Promise<ClaimAnswer> {
    const command: ClaimCommand = { ...input, instanceId: instanceIdOf(input.customerId, input.requestId) };
    const askedAtMs = Date.now();
    try {
      return await this.answer(command);
    } catch (error) {
      if (error instanceof DomainError) this.noteRefusal(command.stockId, error.reason, askedAtMs);
      throw error;
    }
  }

  private async answer(command: ClaimCommand): Promise<ClaimAnswer> {
    const stock = await this.catalogue.get(command.stockId);
    const refusal = this.refusalOf(stock);
    if (!refusal) return this.submit(command, stock);
    // Nothing can be claimed now, so only a repeat of a claim that won can be answered otherwise.
    const isSoldOut = refusal.reason === 'STOCK_SOLD_OUT';
    if (isSoldOut && !(await this.takers.mayHaveClaimed(stock, command.customerId))) throw refusal;
    const winner = await this.instances.findGathered(command.instanceId);
    if (!winner) throw refusal;
    return { instance: repeatClaim(winner, command), isRepeat: true };
  }

  private async submit(command: ClaimCommand, stock: Stock): Promise<ClaimAnswer> {
    this.takers.forget(command.stockId);
    try {
      return await this.committer.submit(command, stock);
    } finally {
      this.takers.forget(command.stockId);
    }
  }

  /** Why nobody can claim of this stock now, as far as memory tells. */
  private refusalOf(stock: Stock): DomainError | undefined {
    if (this.catalogue.isSoldOut(stock.stockId)) return soldOut();
    try {
      requireClaimWindow(stock, this.clock.now());
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  private noteRefusal(stockId: string, reason: string, askedAtMs: number): void {
    this.tally.count(stockId, reason);
    if (reason === 'STOCK_SOLD_OUT') this.catalogue.markSoldOut(stockId, askedAtMs);
  }
}
