import { Injectable } from '@nestjs/common';
import type { SignInAnswer } from '../../domain/sign-in-batch';
import { SignInCommitter } from '../../sign-in-committer';
import { SignInProgrammes } from '../../sign-in-programmes';
import type { SignInInput } from './sign-in.request';

/** Signs a customer in for today 签到. */
@Injectable()
export class SignInUseCase {
  constructor(
    private readonly programmes: SignInProgrammes,
    private readonly committer: SignInCommitter,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN, SIGNED_IN_ALREADY, PERSON_PROFILES_TOO_MANY, REQUEST_ID_REUSED */
  async execute({ requestId, programmeId, customerId }: SignInInput): Promise<SignInAnswer> {
    const programme = await this.programmes.findOpen(programmeId);
    const request = { scope: `sign-in|${customerId}`, requestId, input: { programmeId, customerId } };
    return this.committer.submit({ request, programmeId, programme, customerId, missedDay: '' });
  }
}
