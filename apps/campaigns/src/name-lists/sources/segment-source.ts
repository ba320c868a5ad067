import { Inject, Injectable } from '@nestjs/common';
import { CUSTOMERS_CLIENT, type CustomersClient } from '../../peers/peers';
import type { NameList } from '../domain/name-list';
import type { MemberPage } from './member-page';

const PAGE_SIZE = 5_000;
const DEADLINE_MS = 30_000;

/** A segment's members of the list's organisation, asked of `customers`. */
@Injectable()
export class SegmentSource {
  constructor(@Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient) {}

  async read({ segmentId, orgPath, build }: NameList): Promise<MemberPage> {
    const request = { segmentId, pageSize: PAGE_SIZE, pageToken: build.pageToken, orgPath };
    const { members, nextPageToken } = await this.customers.listSegmentMembers(request, { deadlineMs: DEADLINE_MS });
    return { rows: members.map((member) => ({ ...member, agentId: '', line: 0 })), errors: [], nextPageToken };
  }
}
