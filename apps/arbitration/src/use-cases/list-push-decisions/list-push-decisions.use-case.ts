import { Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { DecisionRecord } from '../../domain/decision';
import { orderMax } from '../../domain/push-plan';
import { PushAccess } from '../../engine/push-access';
import { DecisionRepository } from '../../repositories/decision.repository';
import type { ListPushDecisionsInput } from './list-push-decisions.request';

/** A push's decisions by rank; members that did not reach the ranking (rank 0) come last. */
@Injectable()
export class ListPushDecisionsUseCase {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly access: PushAccess,
  ) {}

  /** @throws PUSH_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: ListPushDecisionsInput,
    actor: Actor,
  ): Promise<{ decisions: DecisionRecord[]; nextPageToken: string }> {
    const { memberCount, nextSequence } = await this.access.get(input.pushId, actor);
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 200 });
    const [after = 0] = decodeNumberToken(input.pageToken) ?? [];
    const decisions = await this.decisions.listOfPush(input.pushId, limit, {
      after,
      last: orderMax(memberCount, nextSequence),
    });
    const last = decisions.length === limit ? decisions.at(-1) : undefined;
    return { decisions, nextPageToken: last ? encodePageToken([String(last.push?.order ?? 0)]) : '' };
  }
}
