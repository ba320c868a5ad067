import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PersonView } from '../../person-view';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FactRepository } from '../../repositories/fact.repository';
import { TimelineRepository } from '../../repositories/timeline.repository';
import { joinProfiles, mergeTimeline, nextPlace, placeOf, START, type TimelineEntry } from './timeline-page';

/**
 * A customer's facts and touches as one line, newest first: for staff and services those of all profiles of the natural person that
 * they may see, each entry once, with the profile that it is of.
 */
@Injectable()
export class ListTimelineUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly facts: FactRepository,
    private readonly timeline: TimelineRepository,
    private readonly persons: PersonView,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: { customerId: string; pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ entries: TimelineEntry[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const token = decodePageToken(input.pageToken);
    const place = token ? placeOf(token) : START;
    const customer = await this.customers.get(input.customerId);
    requireOrgScope(actor, customer.orgPath);
    const profileIds = [customer.customerId, ...(await this.persons.othersOf(customer, actor))].sort();
    const { until, factsSeen, touchesSeen } = place;
    const [facts, touches] = await Promise.all([
      Promise.all(profileIds.map((id) => this.facts.listUntil(id, until, limit + factsSeen))),
      Promise.all(profileIds.map((id) => this.timeline.listUntil(id, until, limit + touchesSeen))),
    ]);
    const entries = mergeTimeline(joinProfiles(facts, factsSeen), joinProfiles(touches, touchesSeen)).slice(0, limit);
    const nextPageToken = entries.length === limit ? encodePageToken(nextPlace(place, entries)) : '';
    return { entries, nextPageToken };
  }
}
