import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { Instance } from '../../domain/instance';
import { InstanceRepository } from '../../repositories/instance.repository';

@Injectable()
export class GetInstanceUseCase {
  constructor(private readonly instances: InstanceRepository) {}

  /** @throws INSTANCE_NOT_FOUND (also for another customer's), ORG_OUT_OF_SCOPE */
  async execute(instanceId: string, actor: Actor): Promise<Instance> {
    const instance = await this.instances.find(instanceId);
    if (!instance || (actor.kind === 'customer' && instance.customerId !== actor.id)) {
      throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
    }
    requireOrgScope(actor, instance.orgPath);
    return instance;
  }
}
