import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { capacityId, withUnits, type Capacity } from '../../domain/capacity';
import { CapacityRepository } from '../../repositories/capacity.repository';
import type { PutCapacityInput } from './put-capacity.request';

/** Sets the units of human capacity 产能 of one queue and slot. */
@Injectable()
export class PutCapacityUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly capacities: CapacityRepository,
  ) {}

  /** @throws CAPACITY_BELOW_RESERVED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: PutCapacityInput): Promise<Capacity> {
    const { queue, slot, units } = input;
    const id = capacityId(queue, slot);
    return this.mongo.once({ scope: 'put-capacity', requestId, input }, async (tx) => {
      const held = (await this.capacities.findMany([id], tx)).get(id);
      const capacity = withUnits(held ?? { queue, slot, units: 0, reserved: 0, used: 0 }, units);
      await this.capacities.saveMany([capacity], tx);
      return capacity;
    });
  }
}
