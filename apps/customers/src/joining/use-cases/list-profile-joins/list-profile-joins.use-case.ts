import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { CustomerRepository } from '../../../repositories/customer.repository';
import type { ProfileJoin } from '../../domain/profile-join';
import { ProfileJoinRepository } from '../../repositories/profile-join.repository';

/** The joins that named a customer, with those that were undone, newest first. */
@Injectable()
export class ListProfileJoinsUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly joins: ProfileJoinRepository,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: { customerId: string; pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ joins: ProfileJoin[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(input.pageToken) ?? [];
    requireOrgScope(actor, (await this.customers.get(input.customerId)).orgPath);
    const joins = await this.joins.list(input.customerId, limit, after);
    const last = joins.length === limit ? joins.at(-1) : undefined;
    return { joins, nextPageToken: last ? encodePageToken([last.joinId]) : '' };
  }
}
