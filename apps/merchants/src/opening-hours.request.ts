import { IsInt, Max, Min } from 'class-validator';

/** One span of opening on one day of the week. */
export class OpeningHoursInput {
  @IsInt()
  @Min(1)
  @Max(7)
  weekday!: number;

  @IsInt()
  @Min(0)
  @Max(1439)
  opensMinute!: number;

  @IsInt()
  @Min(1)
  @Max(2879)
  closesMinute!: number;
}
