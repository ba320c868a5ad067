import { IsInt, Length, Matches, Max, Min } from 'class-validator';

export class ListCapacitySlotsInput {
  @Length(1, 64)
  queue!: string;

  @Length(0, 64)
  teamId!: string;

  @Length(0, 128)
  personId!: string;

  /** Empty for today. */
  @Matches(/^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/)
  fromDay!: string;

  /** 0 for one. */
  @IsInt()
  @Min(0)
  @Max(31)
  days!: number;
}
