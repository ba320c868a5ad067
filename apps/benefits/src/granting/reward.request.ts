import { IsIn, IsInt, Length, Max, Min, ValidateIf } from 'class-validator';

const POINTS_MAX = 10_000_000;
const MONTHS_MAX = 120;

const isKind =
  (kind: string) =>
  (reward: RewardInput): boolean =>
    reward.kind === kind;

/** A reward that is points or a benefit. */
export class RewardInput {
  @IsIn(['points', 'benefit'])
  kind!: string;

  @ValidateIf(isKind('points'))
  @IsInt()
  @Min(1)
  @Max(POINTS_MAX)
  points!: number;

  @ValidateIf(isKind('points'))
  @IsInt()
  @Min(1)
  @Max(MONTHS_MAX)
  pointsValidMonths!: number;

  @ValidateIf(isKind('benefit'))
  @Length(1, 64)
  stockId!: string;
}
