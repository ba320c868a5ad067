import { Inject, Injectable } from '@nestjs/common';
import { DomainError, isRetryable, refused } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import { ARBITRATION_CLIENT, type ArbitrationClient } from '../../../peers/peers';
import { CustomerRepository } from '../../../repositories/customer.repository';
import { withFailedPage, withPage } from '../../domain/list-build';
import type { ListMember } from '../../domain/list-member';
import { unknownCustomer } from '../../domain/list-upload';
import type { NameList } from '../../domain/name-list';
import { StrategyLiveness } from '../../peers/strategy-liveness';
import { ListUploadRepository } from '../../repositories/list-upload.repository';
import { NameListChunkRepository } from '../../repositories/name-list-chunk.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { MemberPage } from '../../sources/member-page';
import { SegmentSource } from '../../sources/segment-source';
import { bucketOfToken, UploadSource } from '../../sources/upload-source';

const MEMBERS_MAX = 5_000_000;
/** What arbitration takes in one call, to screen and to push. */
const CHUNK_MAX = 5_000;
const DEADLINE_MS = 30_000;
const log = logger('name-lists');

interface ScreenedPage extends Pick<MemberPage, 'errors' | 'nextPageToken'> {
  members: ListMember[];
}

/**
 * Stores the next page of a list that is being built: a page of its source, screened and frozen. The page and the place to go
 * on from are one write, so a build goes on after a crash where it was, and of two builders at one page only one has an effect.
 */
@Injectable()
export class BuildNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly chunks: NameListChunkRepository,
    private readonly uploads: ListUploadRepository,
    private readonly customers: CustomerRepository,
    private readonly segment: SegmentSource,
    private readonly upload: UploadSource,
    private readonly liveness: StrategyLiveness,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
    private readonly clock: Clock,
  ) {}

  /** The list after the page, or after the page failed. */
  async execute(list: NameList): Promise<NameList> {
    let page: ScreenedPage;
    try {
      page = await this.fetch(list);
    } catch (error) {
      return this.fail(list, error);
    }
    return this.change(list, async (current, tx) => {
      const { build, upload, listId } = current;
      const isEmptyList = page.members.length === 0 && page.nextPageToken === '' && build.chunkCount === 0;
      const chunks = isEmptyList ? [[]] : slices(page.members);
      await this.chunks.addMany(listId, build.chunkCount, chunks, current.relationAttributes.length, tx);
      const next = withPage(current, page.members, { ...page, chunkCount: chunks.length });
      if (upload === null) return next;
      await this.uploads.addErrors(listId, page.errors, tx);
      await this.uploads.removeRows(listId, bucketOfToken(build.pageToken), upload.batchCount, tx);
      const refusedCount = upload.refusedCount + page.errors.length;
      return { ...next, expectedCount: upload.lineCount - refusedCount, upload: { ...upload, refusedCount } };
    });
  }

  private async fetch(list: NameList): Promise<ScreenedPage> {
    if (list.memberCount > MEMBERS_MAX) {
      throw refused('NAME_LIST_TOO_LARGE', `A list has at most ${MEMBERS_MAX} members.`);
    }
    const { rows, errors, nextPageToken } = await (list.source === 'csv' ? this.upload : this.segment).read(list);
    const { orgPath, relationAttributes } = list;
    const customerIds = rows.map(({ customerId }) => customerId);
    const [places, reasons] = await Promise.all([
      this.customers.findPlaces(customerIds, relationAttributes),
      this.screen(list.strategyId, customerIds),
    ]);
    // Nobody learns of customers of another organisation: they are no members, and their lines name nobody.
    const [own, foreign] = partition(rows, ({ customerId }) =>
      isAtOrBelow(places.get(customerId)?.orgPath ?? orgPath, orgPath),
    );
    const members = own.map(({ customerId, externalId, agentId }): ListMember => {
      const place = places.get(customerId);
      const [owner = '', ...others] = relationAttributes.map((name) => String(place?.attributes[name] ?? ''));
      const relations = [agentId || owner, ...others];
      const reason = reasons.get(customerId) ?? 'CUSTOMER_UNKNOWN';
      return { customerId, externalId, reason, orgPath: place?.orgPath ?? '', relations };
    });
    const unknown = list.source === 'csv' ? foreign.map(({ line }) => ({ line, ...unknownCustomer() })) : [];
    return { members, errors: [...errors, ...unknown], nextPageToken };
  }

  private async screen(strategyId: string, customerIds: string[]): Promise<Map<string, string>> {
    const reasons = new Map<string, string>();
    for (const slice of slices(customerIds)) {
      const request = { strategyId, customerIds: slice };
      const { customers } = await this.arbitration.screenCustomers(request, { deadlineMs: DEADLINE_MS });
      for (const { customerId, reason } of customers) reasons.set(customerId, reason);
    }
    return reasons;
  }

  private async fail(list: NameList, error: unknown): Promise<NameList> {
    const reason = error instanceof DomainError ? error.reason : 'INTERNAL';
    const canRetry = isRetryable(error) || (await this.liveness.mayPass(list.strategyId, error));
    log.warn({ err: error, listId: list.listId, page: list.build.pageCount, canRetry }, 'a page of a name list failed');
    const after = await this.change(list, (current) =>
      Promise.resolve(withFailedPage(current, reason, canRetry, this.clock.now())),
    );
    if (after.state === 'failed' && after.upload !== null) await this.uploads.removeAllRows(list.listId);
    return after;
  }

  /** Writes the next state, unless the list has moved on or was cancelled meanwhile. */
  private change(list: NameList, next: (current: NameList, tx: Transaction) => Promise<NameList>): Promise<NameList> {
    return this.mongo.transaction(async (tx) => {
      const current = await this.lists.get(list.listId, tx);
      if (current.state !== 'building' || current.build.pageCount !== list.build.pageCount) return current;
      const changed = await next(current, tx);
      await this.lists.save(changed, tx);
      return changed;
    });
  }
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  const [first, second]: [T[], T[]] = [[], []];
  for (const each of all) (isFirst(each) ? first : second).push(each);
  return [first, second];
}

const slices = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK_MAX) }, (_, i) => all.slice(i * CHUNK_MAX, (i + 1) * CHUNK_MAX));
