import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { localDay } from '../../../domain/stock';
import { PersonRepository } from '../../../repositories/person.repository';
import { signInKey } from '../../domain/sign-in-batch';
import { daysOf, emptyRecord, together } from '../../domain/sign-in-record';
import { statusOf, type SignInStatus } from '../../domain/sign-in-status';
import { SignInRepository } from '../../repositories/sign-in.repository';
import { SignInProgrammes } from '../../sign-in-programmes';
import type { GetSignInCalendarInput } from './get-sign-in-calendar.request';

export interface SignInCalendar {
  status: SignInStatus;
  month: string;
  signedDays: string[];
  madeUpDays: string[];
  serverTime: Date;
}

/** One month of a person's sign-ins, under whichever of his profiles. */
@Injectable()
export class GetSignInCalendarUseCase {
  constructor(
    private readonly programmes: SignInProgrammes,
    private readonly signIns: SignInRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN */
  async execute({ programmeId, customerId, month }: GetSignInCalendarInput): Promise<SignInCalendar> {
    const { terms } = await this.programmes.getOpen(programmeId);
    const now = this.clock.now();
    const today = localDay(now, terms.timeZone);
    const others = (await this.persons.find([customerId])).othersOf(customerId);
    const keyOf = (each: string): string => signInKey(programmeId, each);
    const records = await this.signIns.findMany([customerId, ...others].map(keyOf));
    const own = records.get(keyOf(customerId)) ?? emptyRecord(programmeId, customerId);
    const record = together(
      own,
      others.flatMap((other) => records.get(keyOf(other)) ?? []),
    );
    const shown = month || today.slice(0, 7);
    return { status: statusOf(record, terms, today), month: shown, ...daysOf(record, shown), serverTime: now };
  }
}
