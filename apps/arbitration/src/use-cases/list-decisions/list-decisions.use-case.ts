import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { DecisionRecord } from '../../domain/decision';
import { CandidateListRepository } from '../../repositories/candidate-list.repository';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { DecisionRepository, sortKeyOf } from '../../repositories/decision.repository';
import type { ListDecisionsInput } from './list-decisions.request';

/** A customer's decisions, newest first. */
@Injectable()
export class ListDecisionsUseCase {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly customers: CustomerStateRepository,
    private readonly lists: CandidateListRepository,
  ) {}

  /** @throws ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListDecisionsInput,
    actor: Actor,
  ): Promise<{ decisions: DecisionRecord[]; nextPageToken: string }> {
    const customer = await this.customers.find(input.customerId);
    if (customer?.facts != null) requireOrgScope(actor, customer.facts.orgPath);
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const decisions = await this.decisions.listOfCustomer(input.customerId, limit, before);
    const last = decisions.length === limit ? decisions.at(-1) : undefined;
    return {
      decisions: await this.lists.complete(decisions),
      nextPageToken: last ? encodePageToken([sortKeyOf(last)]) : '',
    };
  }
}
