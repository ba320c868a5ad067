import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { ConsentRecord } from '../../domain/consent';
import { ConsentRecordRepository } from '../../repositories/consent-record.repository';
import { CustomerRepository } from '../../repositories/customer.repository';

/** A customer's consent history, newest first. */
@Injectable()
export class ListConsentRecordsUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly records: ConsentRecordRepository,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: { customerId: string; pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ records: ConsentRecord[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(input.pageToken) ?? [];
    requireOrgScope(actor, (await this.customers.get(input.customerId)).orgPath);
    const records = await this.records.list(input.customerId, limit, after);
    const last = records.length === limit ? records.at(-1) : undefined;
    return { records, nextPageToken: last ? encodePageToken([last.recordId]) : '' };
  }
}
