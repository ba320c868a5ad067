import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireStaffOf } from '../../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageInput } from '../../../page.request';
import type { Activity } from '../../domain/activity';
import { NearbyRepository } from '../../repositories/nearby.repository';

/** Activities of the actor's organisation and below, by id. */
@Injectable()
export class ListActivitiesUseCase {
  constructor(private readonly nearby: NearbyRepository) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(input: PageInput, actor: Actor): Promise<{ activities: Activity[]; nextPageToken: string }> {
    requireStaffOf(actor, actor.orgPath);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const activities = await this.nearby.pageActivities(actor.kind === 'staff' ? actor.orgPath : '', limit, after);
    const last = activities.length === limit ? activities.at(-1) : undefined;
    return { activities, nextPageToken: last ? encodePageToken([last.activityId]) : '' };
  }
}
