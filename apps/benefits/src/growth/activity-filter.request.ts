import { IsIsoCurrency } from '@tidegate/grpc';
import { ArrayMaxSize, IsInt, Length, Max, Min } from 'class-validator';

const AMOUNT_MINOR_MAX = 1_000_000_000_00;
const NAMES_MAX = 50;

/** Which activities count. */
export class ActivityFilterInput {
  @Length(1, 64)
  activityType!: string;

  @ArrayMaxSize(NAMES_MAX)
  @Length(1, 64, { each: true })
  operations!: string[];

  @ArrayMaxSize(NAMES_MAX)
  @Length(1, 64, { each: true })
  channels!: string[];

  /** Empty for all. */
  @IsIsoCurrency('')
  currency!: string;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MINOR_MAX)
  amountMinorMin!: number;
}
