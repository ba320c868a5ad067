import { Injectable } from '@nestjs/common';
import { notFound, type DomainError } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import type { Hunt, HuntPoint, HuntTerms } from './domain/hunt';

/** The hunts. */
@Injectable()
export class HuntsDesk extends DefinitionDesk<HuntTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'hunts');
  }

  /** @throws HUNT_NOT_OPEN */
  async getOpen(huntId: string): Promise<Hunt> {
    const hunt = await this.findOpen(huntId);
    if (!hunt) throw huntNotOpen();
    return hunt;
  }
}

export const huntNotOpen = (): DomainError => notFound('HUNT_NOT_OPEN', 'There is no such hunt now.');

/** @throws POINT_NOT_FOUND */
export function pointOf({ terms }: Hunt, pointId: string): HuntPoint {
  const point = terms.points.find((each) => each.pointId === pointId);
  if (!point) throw notFound('POINT_NOT_FOUND', 'The hunt has no such point.');
  return point;
}
