import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import { programmeNotOpen, type SignInProgramme, type SignInTerms } from './domain/sign-in-programme';

/** The sign-in programmes. */
@Injectable()
export class SignInProgrammes extends DefinitionDesk<SignInTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'sign_in_programmes');
  }

  /** @throws PROGRAMME_NOT_OPEN */
  async getOpen(programmeId: string): Promise<SignInProgramme> {
    const programme = await this.findOpen(programmeId);
    if (!programme) throw programmeNotOpen();
    return programme;
  }
}
