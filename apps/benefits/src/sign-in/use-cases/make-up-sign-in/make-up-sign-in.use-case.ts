import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { localDay } from '../../../domain/stock';
import type { RewardTerms } from '../../../granting/domain/reward-terms';
import { emptyRecord, makeUp } from '../../domain/sign-in-record';
import { statusOf, type SignInStatus } from '../../domain/sign-in-status';
import { SignInBook } from '../../repositories/sign-in-book';
import { SignInRepository } from '../../repositories/sign-in.repository';
import { SignInProgrammes } from '../../sign-in-programmes';
import type { MakeUpSignInInput } from './make-up-sign-in.request';

/** Makes up a missed day 补签. */
@Injectable()
export class MakeUpSignInUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly programmes: SignInProgrammes,
    private readonly signIns: SignInRepository,
    private readonly book: SignInBook,
    private readonly clock: Clock,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN, DAY_NOT_MISSED, DAY_TOO_EARLY, NO_MAKE_UP_CARD, REQUEST_ID_REUSED */
  async execute(input: MakeUpSignInInput): Promise<{ status: SignInStatus; rewards: RewardTerms[] }> {
    const { requestId, programmeId, customerId, day } = input;
    const programme = await this.programmes.getOpen(programmeId);
    const { terms, definition } = programme;
    const scope = `make-up-sign-in|${customerId}`;
    return this.mongo.once({ scope, requestId, input: { programmeId, customerId, day } }, async (tx) => {
      const now = this.clock.now();
      const today = localDay(now, terms.timeZone);
      const found = await this.signIns.find(programmeId, customerId, tx);
      const firstDay = localDay(definition.validFrom, terms.timeZone);
      const signed = makeUp(found ?? emptyRecord(programmeId, customerId), terms, { day, today, firstDay });
      const about = { day, isMadeUp: true, isNew: !found, now };
      const { record, rewards } = await this.book.write(programme, signed, about, tx);
      return { status: statusOf(record, terms, today), rewards };
    });
  }
}
