import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope, requireSelf } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { DecisionRecord } from '../../domain/decision';
import { CandidateListRepository } from '../../repositories/candidate-list.repository';
import { DecisionRepository } from '../../repositories/decision.repository';

/** One decision with all that explains it. */
@Injectable()
export class GetDecisionUseCase {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly lists: CandidateListRepository,
  ) {}

  /** @throws DECISION_NOT_FOUND, NOT_YOURS, ORG_OUT_OF_SCOPE */
  async execute(decisionId: string, actor: Actor): Promise<DecisionRecord> {
    const decision = await this.decisions.find(decisionId);
    if (decision === null) throw notFound('DECISION_NOT_FOUND', 'There is no decision of this id.');
    requireSelf(actor, decision.customerId);
    requireOrgScope(actor, decision.orgPath);
    const [whole = decision] = await this.lists.complete([decision]);
    return whole;
  }
}
