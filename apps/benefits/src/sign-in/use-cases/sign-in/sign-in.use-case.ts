import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { localDay } from '../../../domain/stock';
import type { RewardTerms } from '../../../granting/domain/reward-terms';
import { emptyRecord, signIn } from '../../domain/sign-in-record';
import { statusOf, type SignInStatus } from '../../domain/sign-in-status';
import { SignInBook } from '../../repositories/sign-in-book';
import { SignInRepository } from '../../repositories/sign-in.repository';
import { SignInProgrammes } from '../../sign-in-programmes';
import type { SignInInput } from './sign-in.request';

export interface SignInAnswer {
  status: SignInStatus;
  rewards: RewardTerms[];
}

/** Signs a customer in for today 签到. */
@Injectable()
export class SignInUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly programmes: SignInProgrammes,
    private readonly signIns: SignInRepository,
    private readonly book: SignInBook,
    private readonly clock: Clock,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN, SIGNED_IN_ALREADY, REQUEST_ID_REUSED */
  async execute({ requestId, programmeId, customerId }: SignInInput): Promise<SignInAnswer> {
    const programme = await this.programmes.getOpen(programmeId);
    const input = { programmeId, customerId };
    return this.mongo.once({ scope: `sign-in|${customerId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const today = localDay(now, programme.terms.timeZone);
      const found = await this.signIns.find(programmeId, customerId, tx);
      const signed = signIn(found ?? emptyRecord(programmeId, customerId), today);
      const about = { day: today, isMadeUp: false, isNew: !found, now };
      const { record, rewards } = await this.book.write(programme, signed, about, tx);
      return { status: statusOf(record, programme.terms, today), rewards };
    });
  }
}
