import { Injectable } from '@nestjs/common';
import type { Reversal as ReversalMessage } from '@tidegate/contracts/benefits/v1/benefits';
import { invalid } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { reversalItem } from '../../domain/reversal';
import { requireBalanced, type SettlementItem } from '../../domain/settlement-item';
import { StatementLineRepository } from '../../repositories/statement-line.repository';

/** Lets reversals wait for their merchants' next batches; one that is known already, in a batch or waiting, stays as it is. */
@Injectable()
export class TakeReversalsUseCase {
  constructor(private readonly lines: StatementLineRepository) {}

  /** @throws VALIDATION_FAILED, REDEMPTION_UNBALANCED: such an event goes to the dead letters */
  async execute(reversals: ReversalMessage[], tx: Transaction): Promise<void> {
    // What cost nothing, such as points, leaves nothing to settle.
    const items = reversals.filter(({ amountMinor }) => amountMinor !== 0).map(toItem);
    items.forEach(requireBalanced);
    await this.lines.addWaiting(items, tx);
  }
}

function toItem({ reversedAt, ...reversal }: ReversalMessage): SettlementItem {
  if (!reversedAt || !reversal.reversalId || !reversal.merchantId || reversal.amountMinor < 0) {
    throw invalid([{ field: 'reversal', description: 'needs its id, merchant, time and a positive amount' }]);
  }
  return reversalItem({ ...reversal, reversedAt });
}
