import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize, pageTokenInvalid } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { orgScopeOf } from '../../actor-scope';
import type { Customer } from '../../domain/customer';
import { CustomerRepository } from '../../repositories/customer.repository';

/** Customers of the actor's organisation and below, by organisation and id. */
@Injectable()
export class ListCustomersUseCase {
  constructor(private readonly customers: CustomerRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    page: { pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ customers: Customer[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 500, fallback: 50 });
    const token = decodePageToken(page.pageToken);
    const customers = await this.customers.list(limit, {
      scope: orgScopeOf(actor),
      after: token && placeOf(token),
    });
    const last = customers.length === limit ? customers.at(-1) : undefined;
    return { customers, nextPageToken: last ? encodePageToken([last.orgPath, last.customerId]) : '' };
  }
}

function placeOf([orgPath, customerId]: string[]): { orgPath: string; customerId: string } {
  if (orgPath === undefined || customerId === undefined) throw pageTokenInvalid();
  return { orgPath, customerId };
}
