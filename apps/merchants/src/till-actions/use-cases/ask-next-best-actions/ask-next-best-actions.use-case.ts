import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { AskNextBestActionsResponse, TillAction } from '@tidegate/contracts/merchants/v1/till_actions';
import { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ARBITRATION_CLIENT, MERCHANT_CHANNEL, type ArbitrationClient } from '../../arbitration-client';
import { askedUntil, requireAtTill } from '../../domain/till-visit';
import { TillVisits, type VisitedTill } from '../../till-visits';
import type { AskNextBestActionsInput } from './ask-next-best-actions.request';

/** Pull at a merchant's till: what to offer the customer who has just redeemed there, without a word about who that is. */
@Injectable()
export class AskNextBestActionsUseCase {
  constructor(
    private readonly visits: TillVisits,
    private readonly clock: Clock,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
  ) {}

  /** @throws REDEMPTION_REVERSED, TILL_VISIT_OVER, REQUEST_ID_REUSED and those of TillVisits.get */
  async execute(input: AskNextBestActionsInput, actor: Actor): Promise<AskNextBestActionsResponse> {
    const visit = await this.visits.get(input, actor);
    requireAtTill(visit, this.clock.now());
    const decisions = await this.decide(input, visit);
    return {
      actions: decisions.filter(({ actionId }) => actionId !== '').map(toTillAction),
      askedUntil: askedUntil(visit),
    };
  }

  /** Nothing for whom the bank knows nothing of: a merchant learns no more than when nothing is to be offered. */
  private async decide(input: AskNextBestActionsInput, visit: VisitedTill): Promise<Decision[]> {
    const { merchantId, redemptionId, requestId, maxActions, isCommitted } = input;
    const request = DecideRequest.fromPartial({
      requestId: requestId && requestIdOf(merchantId, redemptionId, requestId),
      customerId: visit.customerId,
      channels: [MERCHANT_CHANNEL],
      maxActions,
      isCommitted,
      isBrief: true,
      context: { moment: 'till', merchantId, storeId: visit.storeId, redemptionId },
    });
    try {
      return (await this.arbitration.decide(request)).decisions;
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'CUSTOMER_UNKNOWN') return [];
      throw error;
    }
  }
}

/** Merchants choose their ids, and so do apps: of one customer's decisions none may answer for another's. */
const requestIdOf = (...parts: string[]): string =>
  `till-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;

const toTillAction = ({ decisionId, actionId, title, body, benefitStockId }: Decision): TillAction => ({
  decisionId,
  actionId,
  title,
  body,
  benefitStockId,
});
