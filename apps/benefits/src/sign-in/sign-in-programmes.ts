import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import type { SignInProgramme, SignInTerms } from './domain/sign-in-programme';

/** The sign-in programmes. */
@Injectable()
export class SignInProgrammes extends DefinitionDesk<SignInTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'sign_in_programmes');
  }

  /** @throws PROGRAMME_NOT_OPEN */
  async getOpen(programmeId: string): Promise<SignInProgramme> {
    const programme = await this.findOpen(programmeId);
    if (!programme) throw notFound('PROGRAMME_NOT_OPEN', 'There is no such programme now.');
    return programme;
  }
}
