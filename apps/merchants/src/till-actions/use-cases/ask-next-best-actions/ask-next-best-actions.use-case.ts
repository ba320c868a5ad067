import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { AskNextBestActionsResponse, TillAction } from '@tidegate/contracts/merchants/v1/till_actions';
import { DomainError, invalid } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ARBITRATION_CLIENT, MERCHANT_CHANNEL, type ArbitrationClient } from '../../arbitration-client';
import { askedUntil, requireAtTill } from '../../domain/till-visit';
import { TillOfferRepository } from '../../repositories/till-offer.repository';
import { TillVisits, type CustomerAtTill } from '../../till-visits';
import type { AskNextBestActionsInput } from './ask-next-best-actions.request';

/** Pull at a merchant's till: what to offer the customer who stands there, without a word about who that is. */
@Injectable()
export class AskNextBestActionsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly visits: TillVisits,
    private readonly offers: TillOfferRepository,
    private readonly clock: Clock,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
  ) {}

  /**
   * A repeat is told the first answer, whatever became of the visit.
   * @throws VALIDATION_FAILED, REDEMPTION_REVERSED, HOLD_VOIDED, HOLD_TIMED_OUT, TILL_VISIT_OVER, REQUEST_ID_REUSED and those of TillVisits
   */
  async execute(input: AskNextBestActionsInput, actor: Actor): Promise<AskNextBestActionsResponse> {
    requireOneSubject(input);
    const { merchantId, requestId, isCommitted, ...asked } = input;
    await this.visits.requireOwn(merchantId, actor);
    if (!isCommitted) return (await this.decide(input)).answer;
    // Merchants choose their ids.
    const key = { scope: `ask-next-best-actions:${merchantId}`, requestId, input: asked };
    const earlier = await this.mongo.transaction((tx) => this.mongo.requests.find<AskNextBestActionsResponse>(tx, key));
    if (earlier) return earlier.result;
    const { answer, customerId } = await this.decide(input);
    const offeredAt = this.clock.now();
    const told = answer.actions.map(({ decisionId }) => ({ decisionId, merchantId, customerId, offeredAt }));
    return this.mongo.once(key, async (tx) => {
      await this.offers.addMany(told, tx);
      return answer;
    });
  }

  private async decide(
    input: AskNextBestActionsInput,
  ): Promise<{ answer: AskNextBestActionsResponse; customerId: string }> {
    const customer = await this.visits.get(input);
    requireAtTill(customer.visit, this.clock.now());
    const decisions = await this.decisionsFor(customer, input);
    const actions = decisions.filter(({ actionId }) => actionId !== '').map(toTillAction);
    return { answer: { actions, askedUntil: askedUntil(customer.visit) }, customerId: customer.customerId };
  }

  /** Nothing for whom the bank knows nothing of: a merchant learns no more than when nothing is to be offered. */
  private async decisionsFor(
    { customerId, storeId }: CustomerAtTill,
    { merchantId, redemptionId, holdId, shown, requestId, maxActions, isCommitted }: AskNextBestActionsInput,
  ): Promise<Decision[]> {
    const subject = redemptionId || `${holdId}|${shown?.code ?? ''}`;
    const named = { ...(redemptionId !== '' && { redemptionId }), ...(holdId !== '' && { holdId }) };
    const request = DecideRequest.fromPartial({
      requestId: requestId && requestIdOf(merchantId, subject, requestId),
      customerId,
      channels: [MERCHANT_CHANNEL],
      maxActions,
      isCommitted,
      isBrief: true,
      context: { moment: 'till', merchantId, storeId, ...named },
    });
    try {
      return (await this.arbitration.decide(request)).decisions;
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'CUSTOMER_UNKNOWN') return [];
      throw error;
    }
  }
}

function requireOneSubject({ redemptionId, holdId, shown }: AskNextBestActionsInput): void {
  if ([redemptionId !== '', holdId !== '', shown !== undefined].filter(Boolean).length === 1) return;
  throw invalid([{ field: 'redemptionId', description: 'give one of redemptionId, holdId and shown' }]);
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
