import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsInt, IsISO8601, Matches, Max, Min, ValidateNested } from 'class-validator';

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

/** When a place is open, or something takes place. */
export class OpeningInput {
  @ArrayMaxSize(28)
  @ValidateNested({ each: true })
  @Type(() => OpeningHoursInput)
  openingHours!: OpeningHoursInput[];

  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true })
  @IsISO8601({ strict: true }, { each: true })
  closedDates!: string[];
}
