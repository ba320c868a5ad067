import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { DecisionRecord } from '../../domain/decision';
import { explainToCustomer, type CustomerExplanation } from '../../domain/explain-to-customer';
import { DecisionRepository } from '../../repositories/decision.repository';
import type { ExplainDecisionInput } from './explain-decision.request';

/** A decision as its customer may read it. */
@Injectable()
export class ExplainDecisionUseCase {
  constructor(private readonly decisions: DecisionRepository) {}

  /** @throws DECISION_NOT_FOUND, also of another customer's; ORG_OUT_OF_SCOPE */
  async execute(
    { decisionId, language }: ExplainDecisionInput,
    actor: Actor,
  ): Promise<{ record: DecisionRecord; explanation: CustomerExplanation }> {
    const record = await this.decisions.find(decisionId);
    const isOthers = actor.kind === 'customer' && record?.customerId !== actor.id;
    if (record === null || isOthers) throw notFound('DECISION_NOT_FOUND', 'There is no decision of this id.');
    requireOrgScope(actor, record.orgPath);
    return { record, explanation: explainToCustomer(record, language) };
  }
}
