import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import { capacityId, type Capacity } from '../../domain/capacity';
import { CapacityRepository } from '../../repositories/capacity.repository';
import type { ListCapacityInput } from './list-capacity.request';

/** Capacity by queue and slot, with what is reserved and used. */
@Injectable()
export class ListCapacityUseCase {
  constructor(private readonly capacities: CapacityRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListCapacityInput): Promise<{ capacities: Capacity[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [after = ''] = decodePageToken(input.pageToken) ?? [];
    const capacities = await this.capacities.list(input.queue, limit, after);
    const last = capacities.length === limit ? capacities.at(-1) : undefined;
    return { capacities, nextPageToken: last ? encodePageToken([capacityId(last.queue, last.slot)]) : '' };
  }
}
