import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { OpenValue } from '../ledger/domain/open-value';
import { OpenValues, type OpenValueSource } from '../ledger/open-values';
import type { PointsAccount } from './domain/points-account';
import { pointsAccounts, PTS } from './domain/points-entry';
import { PointsRepository } from './repositories/points.repository';

/** Points that customers hold, beside what the ledger says of them. */
@Injectable()
export class PointsValues implements OpenValueSource {
  constructor(
    values: OpenValues,
    private readonly points: PointsRepository,
  ) {
    values.add(this);
  }

  count(): Promise<number> {
    return this.points.countAccounts();
  }

  async *stream(): AsyncGenerator<OpenValue> {
    for await (const account of this.points.streamAccounts()) yield valueOf(account);
  }

  async listOf(customerId: string, tx: Transaction): Promise<OpenValue[]> {
    return [...(await this.points.findAccounts([customerId], tx)).values()].map(valueOf);
  }
}

/** Lots that are over count until the sweep has posted their end. */
const valueOf = ({ customerId, lots }: PointsAccount): OpenValue => ({
  account: pointsAccounts.held(customerId),
  currency: PTS,
  amountMinor: lots.reduce((sum, { points }) => sum + points, 0),
});
