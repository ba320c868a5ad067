import { Injectable } from '@nestjs/common';
import type { BenefitClaimed } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { DecisionRecord } from '../../../domain/decision';
import { DecisionRepository } from '../../../repositories/decision.repository';
import { StockPromiseRepository } from '../../../repositories/stock-promise.repository';

/** Notes claims of units that pushes promised, each decision's once: from then on `benefits` counts the unit itself. */
@Injectable()
export class NoteClaimsUseCase {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly promises: StockPromiseRepository,
    private readonly clock: Clock,
  ) {}

  async execute(claims: readonly BenefitClaimed[], tx: Transaction): Promise<void> {
    const decisionIds = claims.map(({ decisionId }) => decisionId).filter((decisionId) => decisionId !== '');
    if (decisionIds.length === 0) return;
    const promised = [...(await this.decisions.findMany(decisionIds, tx)).values()].filter(isPromised);
    const takes = promised.flatMap(({ stockTakes = [] }) => stockTakes);
    const stockIds = takes.map(({ stockId }) => stockId);
    const book = await this.promises.openBook(stockIds, { now: this.clock.now() }, tx);
    book.claim(takes);
    await this.promises.closeBook(book, tx);
    await this.decisions.saveClaimed(
      promised.map(({ decisionId }) => decisionId),
      tx,
    );
  }
}

const isPromised = ({ stockTakes, isClaimed, reservation }: DecisionRecord): boolean =>
  stockTakes !== undefined && isClaimed !== true && (reservation === 'reserved' || reservation === 'committed');
