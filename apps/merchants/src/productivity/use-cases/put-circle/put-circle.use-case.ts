import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireStaffOf } from '../../../merchant-access';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import type { Circle } from '../../domain/productivity';
import type { PutCircleInput } from '../../productivity.request';
import { CircleRepository } from '../../repositories/circle.repository';

/** Creates or replaces a circle of merchants; what was counted before stays where it is. */
@Injectable()
export class PutCircleUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly circles: CircleRepository,
    private readonly units: OrgUnitRepository,
  ) {}

  /** @throws STAFF_ONLY, ORG_OUT_OF_SCOPE, ORG_UNIT_NOT_FOUND, REQUEST_ID_REUSED */
  async execute({ requestId, circle: input }: PutCircleInput, actor: Actor): Promise<Circle> {
    requireStaffOf(actor, input.orgPath);
    return this.mongo.once({ scope: 'put-circle', requestId, input }, async (tx) => {
      const circle = { ...input, circleId: input.circleId || newId() };
      const existing = (await this.circles.findMany([circle.circleId], tx)).get(circle.circleId);
      if (existing) requireStaffOf(actor, existing.orgPath);
      if (!(await this.units.exists(circle.orgPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
      }
      await this.circles.save(circle, tx);
      return circle;
    });
  }
}
