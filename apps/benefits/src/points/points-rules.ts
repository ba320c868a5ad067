import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import { TOLD_LATE_MS } from '../definitions/domain/definition';
import type { PointsTerms } from './domain/points-rule';

/** The rules of earning. */
@Injectable()
export class PointsRules extends DefinitionDesk<PointsTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'points_rules', TOLD_LATE_MS);
  }
}
