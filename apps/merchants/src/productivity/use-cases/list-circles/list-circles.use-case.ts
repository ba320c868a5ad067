import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireStaffOf } from '../../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageInput } from '../../../page.request';
import type { Circle } from '../../domain/productivity';
import { CircleRepository } from '../../repositories/circle.repository';

/** Circles of the actor's organisation and below, by id. */
@Injectable()
export class ListCirclesUseCase {
  constructor(private readonly circles: CircleRepository) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(input: PageInput, actor: Actor): Promise<{ circles: Circle[]; nextPageToken: string }> {
    requireStaffOf(actor, actor.orgPath);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const circles = await this.circles.list(actor.kind === 'staff' ? actor.orgPath : '', limit, after);
    const last = circles.length === limit ? circles.at(-1) : undefined;
    return { circles, nextPageToken: last ? encodePageToken([last.circleId]) : '' };
  }
}
