import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { ThreadAccess } from '../../desk/thread-access';
import { knownAnswers, type KnownAnswer, type ThreadEntry } from '../../domain/thread';
import { ThreadRepository } from '../../repositories/thread.repository';
import type { ListThreadInput } from './list-thread.request';

/** Entries that known answers are gathered from. */
const KNOWN_FROM = 500;

/** What was said with a customer on every channel, newest first, and what need not be asked again; to staff under all profiles of his person. */
@Injectable()
export class ListThreadUseCase {
  constructor(
    private readonly access: ThreadAccess,
    private readonly threads: ThreadRepository,
  ) {}

  /** @throws VALIDATION_FAILED, LEAD_NOT_FOUND, ORG_OUT_OF_SCOPE, NOT_YOURS, PAGE_TOKEN_INVALID */
  async execute(
    input: ListThreadInput,
    actor: Actor,
  ): Promise<{ entries: ThreadEntry[]; nextPageToken: string; knownAnswers: KnownAnswer[] }> {
    const customerIds = await this.access.profilesOf(input, actor);
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const before = decodePageToken(input.pageToken)?.[0];
    const [entries, newest] = await Promise.all([
      this.threads.list(customerIds, limit, before),
      this.threads.list(customerIds, KNOWN_FROM),
    ]);
    const last = entries.length === limit ? entries.at(-1) : undefined;
    const nextPageToken = last ? encodePageToken([last.entryId]) : '';
    return { entries, nextPageToken, knownAnswers: knownAnswers(newest) };
  }
}
