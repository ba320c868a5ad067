import { Injectable } from '@nestjs/common';
import type { SignInAnswer } from '../../domain/sign-in-batch';
import { SignInCommitter } from '../../sign-in-committer';
import { SignInProgrammes } from '../../sign-in-programmes';
import type { MakeUpSignInInput } from './make-up-sign-in.request';

/** Makes up a missed day 补签. */
@Injectable()
export class MakeUpSignInUseCase {
  constructor(
    private readonly programmes: SignInProgrammes,
    private readonly committer: SignInCommitter,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN, DAY_NOT_MISSED, DAY_TOO_EARLY, NO_MAKE_UP_CARD, PERSON_PROFILES_TOO_MANY, REQUEST_ID_REUSED */
  async execute({ requestId, programmeId, customerId, day }: MakeUpSignInInput): Promise<SignInAnswer> {
    const programme = await this.programmes.findOpen(programmeId);
    const request = { scope: `make-up-sign-in|${customerId}`, requestId, input: { programmeId, customerId, day } };
    return this.committer.submit({ request, programmeId, programme, customerId, missedDay: day });
  }
}
