import { Length, Matches } from 'class-validator';

export class GetSignInCalendarInput {
  @Length(1, 64)
  programmeId!: string;

  @Length(1, 64)
  customerId!: string;

  /** Empty for the present month. */
  @Matches(/^(\d{4}-(0[1-9]|1[0-2]))?$/)
  month!: string;
}
