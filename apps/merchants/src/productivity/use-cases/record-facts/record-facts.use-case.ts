import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { ProductivityBook, type FactInput } from '../../productivity-book';

/** Adds facts to the monthly tables; what happened at no known place is passed over. */
@Injectable()
export class RecordFactsUseCase {
  constructor(private readonly book: ProductivityBook) {}

  async execute(facts: readonly FactInput[], tx: Transaction): Promise<void> {
    if (facts.length === 0) return;
    const placed = await this.book.place(facts, tx);
    await this.book.add(
      placed.flatMap((fact) => fact ?? []),
      tx,
    );
  }
}
