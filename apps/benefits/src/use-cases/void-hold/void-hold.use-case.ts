import { Injectable } from '@nestjs/common';
import type { Instance } from '../../domain/instance';
import { TillCommitter } from '../../till/till-committer';
import type { HoldMoveInput } from '../commit-hold/commit-hold.request';

/** Voids a hold: its benefits are available again. */
@Injectable()
export class VoidHoldUseCase {
  constructor(private readonly till: TillCommitter) {}

  /** @throws HOLD_NOT_FOUND, HOLD_COMMITTED, HOLD_VOIDED (by another request), HOLD_TIMED_OUT, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: HoldMoveInput): Promise<Instance[]> {
    const request = { scope: `void-hold|${input.merchantId}`, requestId, input };
    return (await this.till.submit({ do: 'void', request, ...input })).instances;
  }
}
