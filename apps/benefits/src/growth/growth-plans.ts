import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import { TOLD_LATE_MS } from '../definitions/domain/definition';
import type { GrowthTerms } from './domain/growth-plan';

/** The growth plans. */
@Injectable()
export class GrowthPlans extends DefinitionDesk<GrowthTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'growth_plans', TOLD_LATE_MS);
  }
}
