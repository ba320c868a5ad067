import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { requireStaff } from '../../actor-scope';
import { customerIdOf } from '../../domain/customer-id';
import { CustomerRepository } from '../../repositories/customer.repository';
import type { FindCustomerIdsInput } from './find-customer-ids.request';

/** The customer ids of core-bank ids, of those that are customers, of an organisation where one is asked for. It tells nothing else of them. */
@Injectable()
export class FindCustomerIdsUseCase {
  constructor(private readonly customers: CustomerRepository) {}

  /** @throws STAFF_ONLY, ORG_OUT_OF_SCOPE */
  async execute(
    { externalIds, orgPath }: FindCustomerIdsInput,
    actor: Actor,
  ): Promise<{ externalId: string; customerId: string }[]> {
    requireStaff(actor);
    if (orgPath !== '') requireOrgScope(actor, orgPath);
    const named = new Map([...new Set(externalIds)].map((externalId) => [customerIdOf(externalId), externalId]));
    const existing = await this.customers.findPlaces([...named.keys()]);
    return existing
      .filter((place) => orgPath === '' || isAtOrBelow(place.orgPath, orgPath))
      .map(({ customerId }) => ({ customerId, externalId: named.get(customerId) ?? '' }));
  }
}
