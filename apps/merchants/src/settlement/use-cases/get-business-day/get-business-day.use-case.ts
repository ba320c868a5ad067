import { Inject, Injectable } from '@nestjs/common';
import { BANK_TIME } from '../../bank-time';
import { businessDayAround, isKnown, type BankTime, type BusinessDay } from '../../domain/business-day';
import type { GetBusinessDayInput } from './get-business-day.request';

/** The bank's business day 营业日 that a calendar date belongs to. */
@Injectable()
export class GetBusinessDayUseCase {
  constructor(@Inject(BANK_TIME) private readonly bank: BankTime) {}

  /** @throws VALIDATION_FAILED */
  execute({ date }: GetBusinessDayInput): { day: BusinessDay; isCalendarKnown: boolean } {
    const day = businessDayAround(date, this.bank);
    return { day, isCalendarKnown: isKnown(day, this.bank) };
  }
}
