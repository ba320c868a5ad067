import { Injectable } from '@nestjs/common';
import { instanceIdOf } from '../../granting/benefit-granter';
import type { ClaimAnswer } from '../../granting/claim-committer';
import { ClaimDesk } from '../../granting/claim-desk';
import type { ClaimBenefitInput } from './claim-benefit.request';

/** Claims a benefit 领取, also in a flash sale 抢购. */
@Injectable()
export class ClaimBenefitUseCase {
  constructor(private readonly desk: ClaimDesk) {}

  /**
   * @throws STOCK_NOT_FOUND, CLAIM_NOT_STARTED, CLAIM_ENDED, STOCK_CLOSED, STOCK_SOLD_OUT, DAILY_LIMIT_REACHED,
   * CUSTOMER_LIMIT_REACHED, REQUEST_ID_REUSED
   */
  execute(input: ClaimBenefitInput): Promise<ClaimAnswer> {
    return this.desk.claim({ ...input, instanceId: instanceIdOf(input.customerId, input.requestId) });
  }
}
