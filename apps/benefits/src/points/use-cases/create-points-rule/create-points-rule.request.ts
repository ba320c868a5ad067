import { Type } from 'class-transformer';
import { IsIsoCurrency } from '@tidegate/grpc';
import { ArrayMaxSize, IsDefined, IsInt, IsTimeZone, Length, Max, Min, ValidateNested } from 'class-validator';
import { DefinedInput } from '../../../definitions/definition.request';

const AMOUNT_MINOR_MAX = 1_000_000_000_00;
const POINTS_MAX = 1_000_000_000;
const NAMES_MAX = 50;

export class PointsTermsInput {
  @IsIsoCurrency()
  currency!: string;

  @ArrayMaxSize(NAMES_MAX)
  @Length(1, 64, { each: true })
  operations!: string[];

  @ArrayMaxSize(NAMES_MAX)
  @Length(1, 64, { each: true })
  channels!: string[];

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MINOR_MAX)
  amountMinorMin!: number;

  @IsInt()
  @Min(1)
  @Max(AMOUNT_MINOR_MAX)
  stepAmountMinor!: number;

  @IsInt()
  @Min(1)
  @Max(10_000)
  pointsPerStep!: number;

  @IsInt()
  @Min(0)
  @Max(POINTS_MAX)
  pointsMaxPerTransaction!: number;

  @IsInt()
  @Min(0)
  @Max(POINTS_MAX)
  pointsMaxPerDay!: number;

  @IsInt()
  @Min(0)
  @Max(POINTS_MAX)
  pointsMaxPerMonth!: number;

  @IsInt()
  @Min(1)
  @Max(120)
  validMonths!: number;

  @IsTimeZone()
  timeZone!: string;
}

export class PointsRuleInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => PointsTermsInput)
  terms!: PointsTermsInput;
}

export class CreatePointsRuleInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => PointsRuleInput)
  rule!: PointsRuleInput;
}
