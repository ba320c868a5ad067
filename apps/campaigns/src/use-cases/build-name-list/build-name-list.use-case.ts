import { Inject, Injectable } from '@nestjs/common';
import type { SegmentMember } from '@tidegate/contracts/customers/v1/customers';
import { DomainError, isRetryable, refused } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { withFailedPage, withPage, type NameList, type NameListMember } from '../../domain/name-list';
import { isAtOrBelow } from '../../domain/org-path';
import { ARBITRATION_CLIENT, CUSTOMERS_CLIENT, type ArbitrationClient, type CustomersClient } from '../../peers/peers';
import { CustomerRepository } from '../../repositories/customer.repository';
import { NameListMemberRepository } from '../../repositories/name-list-member.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

const PAGE_SIZE = 2_000;
const MEMBERS_MAX = 5_000_000;
const DEADLINE_MS = 30_000;
/** Arbitration learns of a strategy by an event that may still be on its way. */
const NOT_LIVE_YET = 'STRATEGY_NOT_LIVE';

const log = logger('name-lists');

interface Page {
  members: NameListMember[];
  nextPageToken: string;
}

/**
 * Stores the next page of a list that is being built: a page of the segment, screened. The page and the place to go on from are
 * one write, so a build goes on after a crash where it was, and of two builders at one page only one has an effect.
 */
@Injectable()
export class BuildNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly members: NameListMemberRepository,
    private readonly customers: CustomerRepository,
    @Inject(CUSTOMERS_CLIENT) private readonly customersPeer: CustomersClient,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
    private readonly clock: Clock,
  ) {}

  /** The list after the page, or after the page failed. */
  async execute(list: NameList): Promise<NameList> {
    let page: Page;
    try {
      page = await this.fetch(list);
    } catch (error) {
      return this.fail(list, error);
    }
    return this.change(list, async (current, tx) => {
      const present = await this.members.findPresent(
        list.listId,
        page.members.map(({ customerId }) => customerId),
        tx,
      );
      const fresh = page.members.filter(({ customerId }) => !present.has(customerId));
      await this.members.addMany(list.listId, fresh, tx);
      return withPage(current, fresh, page.nextPageToken);
    });
  }

  private async fetch({ segmentId, strategyId, orgPath, memberCount, build }: NameList): Promise<Page> {
    if (memberCount > MEMBERS_MAX) throw refused('NAME_LIST_TOO_LARGE', `A list has at most ${MEMBERS_MAX} members.`);
    const request = { segmentId, pageSize: PAGE_SIZE, pageToken: build.pageToken };
    const { members, nextPageToken } = await this.customersPeer.listSegmentMembers(request, {
      deadlineMs: DEADLINE_MS,
    });
    const paths = await this.customers.findOrgPaths(members.map(({ customerId }) => customerId));
    const isForeign = ({ customerId }: SegmentMember): boolean =>
      !isAtOrBelow(paths.get(customerId) ?? orgPath, orgPath);
    const own = members.filter((member) => !isForeign(member)).map(({ customerId }) => customerId);
    const reasons = await this.screen(strategyId, own);
    const reasonOf = (member: SegmentMember): string =>
      isForeign(member) ? 'ORG_OUT_OF_SCOPE' : (reasons.get(member.customerId) ?? 'CUSTOMER_UNKNOWN');
    return { members: members.map((member) => ({ ...member, reason: reasonOf(member) })), nextPageToken };
  }

  private async screen(strategyId: string, customerIds: string[]): Promise<Map<string, string>> {
    if (customerIds.length === 0) return new Map();
    const { customers } = await this.arbitration.screenCustomers(
      { strategyId, customerIds },
      { deadlineMs: DEADLINE_MS },
    );
    return new Map(customers.map(({ customerId, reason }) => [customerId, reason]));
  }

  private fail(list: NameList, error: unknown): Promise<NameList> {
    const reason = error instanceof DomainError ? error.reason : 'INTERNAL';
    const canRetry = isRetryable(error) || reason === NOT_LIVE_YET;
    log.warn({ err: error, listId: list.listId, page: list.build.pageCount, canRetry }, 'a page of a name list failed');
    return this.change(list, (current) => Promise.resolve(withFailedPage(current, reason, canRetry, this.clock.now())));
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
