import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { HuntsDesk } from '../../hunts-desk';
import { HuntRepository } from '../../repositories/hunt.repository';
import type { HuntAttempt } from '../../repositories/hunt.schema';

/** Attempts on a hunt, found and refused, newest first. */
@Injectable()
export class ListHuntAttemptsUseCase {
  constructor(
    private readonly hunts: HuntsDesk,
    private readonly repository: HuntRepository,
  ) {}

  /** @throws DEFINITION_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { huntId: string; pageSize: number; pageToken: string },
  ): Promise<{ attempts: HuntAttempt[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(input.pageToken) ?? [];
    await this.hunts.get(actor, input.huntId);
    const attempts = await this.repository.listAttempts(input.huntId, limit, after);
    const last = attempts.length === limit ? attempts.at(-1) : undefined;
    return { attempts, nextPageToken: last ? encodePageToken([last.attemptId]) : '' };
  }
}
