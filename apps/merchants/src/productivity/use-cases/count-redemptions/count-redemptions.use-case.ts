import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import {
  countRedemption,
  takeOff,
  unheard,
  type Counted,
  type CountedRedemption,
} from '../../domain/counted-redemption';
import { ProductivityBook, type FactInput } from '../../productivity-book';
import { CountedRedemptionRepository } from '../../repositories/counted-redemption.repository';

/** A redemption, where it says it was. */
export interface RedemptionInput extends FactInput {
  redemptionId: string;
}

/** Counts redemptions in the monthly tables and takes those off that are reversed, whichever is heard of first. */
@Injectable()
export class CountRedemptionsUseCase {
  constructor(
    private readonly redemptions: CountedRedemptionRepository,
    private readonly book: ProductivityBook,
    private readonly clock: Clock,
  ) {}

  async count(inputs: readonly RedemptionInput[], tx: Transaction): Promise<void> {
    const placed = await this.book.place(inputs, tx);
    const facts = inputs.map(({ redemptionId }, index) => ({ redemptionId, fact: placed[index] ?? null }));
    await this.apply(facts, (before, { fact }) => countRedemption(before, fact), tx);
  }

  takeOff(redemptionIds: readonly string[], tx: Transaction): Promise<void> {
    const reversed = redemptionIds.map((redemptionId) => ({ redemptionId }));
    return this.apply(reversed, takeOff, tx);
  }

  private async apply<T extends { redemptionId: string }>(
    events: readonly T[],
    decide: (before: CountedRedemption, event: T) => Counted,
    tx: Transaction,
  ): Promise<void> {
    if (events.length === 0) return;
    const ids = [...new Set(events.map(({ redemptionId }) => redemptionId))];
    const known = await this.redemptions.findMany(ids, tx);
    const facts = events.flatMap((event) => {
      const { redemptionId } = event;
      const counted = decide(known.get(redemptionId) ?? unheard(redemptionId), event);
      known.set(redemptionId, counted.redemption);
      return counted.facts;
    });
    await this.redemptions.saveMany([...known.values()], this.clock.now(), tx);
    await this.book.add(facts, tx);
  }
}
