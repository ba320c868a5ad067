import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { localDay } from '../../../domain/stock';
import { daysOf, emptyRecord } from '../../domain/sign-in-record';
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

/** One month of a customer's sign-ins. */
@Injectable()
export class GetSignInCalendarUseCase {
  constructor(
    private readonly programmes: SignInProgrammes,
    private readonly signIns: SignInRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN */
  async execute({ programmeId, customerId, month }: GetSignInCalendarInput): Promise<SignInCalendar> {
    const { terms } = await this.programmes.getOpen(programmeId);
    const now = this.clock.now();
    const today = localDay(now, terms.timeZone);
    const record = (await this.signIns.find(programmeId, customerId)) ?? emptyRecord(programmeId, customerId);
    const shown = month || today.slice(0, 7);
    return { status: statusOf(record, terms, today), month: shown, ...daysOf(record, shown), serverTime: now };
  }
}
