import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import { TOLD_LATE_MS } from '../definitions/domain/definition';
import type { MissionTerms } from './domain/mission';

/** The missions. */
@Injectable()
export class Missions extends DefinitionDesk<MissionTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'missions', TOLD_LATE_MS);
  }
}
