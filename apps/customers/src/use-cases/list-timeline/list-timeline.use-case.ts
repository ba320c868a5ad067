import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FactRepository } from '../../repositories/fact.repository';
import { TimelineRepository } from '../../repositories/timeline.repository';
import { mergeTimeline, nextPlace, placeOf, START, type TimelineEntry } from './timeline-page';

/** A customer's facts and touches as one line, newest first. */
@Injectable()
export class ListTimelineUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly facts: FactRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    input: { customerId: string; pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ entries: TimelineEntry[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const token = decodePageToken(input.pageToken);
    const place = token ? placeOf(token) : START;
    requireOrgScope(actor, (await this.customers.get(input.customerId)).orgPath);
    const [facts, touches] = await Promise.all([
      this.facts.listUntil(input.customerId, place.until, { limit, skip: place.factsSeen }),
      this.timeline.listUntil(input.customerId, place.until, { limit, skip: place.touchesSeen }),
    ]);
    const entries = mergeTimeline(facts, touches).slice(0, limit);
    const nextPageToken = entries.length === limit ? encodePageToken(nextPlace(place, entries)) : '';
    return { entries, nextPageToken };
  }
}
