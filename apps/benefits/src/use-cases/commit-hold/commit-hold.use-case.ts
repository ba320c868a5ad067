import { Injectable } from '@nestjs/common';
import type { Redemption } from '../../domain/redemption';
import { TillCommitter } from '../../till/till-committer';
import type { HoldMoveInput } from './commit-hold.request';

/** Commits a hold: its benefits are redeemed. */
@Injectable()
export class CommitHoldUseCase {
  constructor(private readonly till: TillCommitter) {}

  /** @throws HOLD_NOT_FOUND, HOLD_COMMITTED (by another request), HOLD_VOIDED, HOLD_TIMED_OUT, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: HoldMoveInput): Promise<Redemption[]> {
    const request = { scope: `commit-hold|${input.merchantId}`, requestId, input };
    return (await this.till.submit({ do: 'commit', request, ...input })).redemptions;
  }
}
