import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsDefined,
  IsIn,
  IsInt,
  IsTimeZone,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DefinedInput } from '../../../definitions/definition.request';
import { RewardInput } from '../../../granting/reward.request';
import { ActivityFilterInput } from '../../activity-filter.request';

const GROWTH_MAX = 1_000_000_000;
const AMOUNT_MINOR_MAX = 1_000_000_000_00;

export class GrowthSourceInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => ActivityFilterInput)
  filter!: ActivityFilterInput;

  @IsInt()
  @Min(1)
  @Max(1_000_000)
  growth!: number;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MINOR_MAX)
  stepAmountMinor!: number;

  @IsInt()
  @Min(0)
  @Max(GROWTH_MAX)
  growthMaxPerDay!: number;
}

export class LevelBenefitInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => RewardInput)
  reward!: RewardInput;

  @IsIn(['once', 'month'])
  every!: string;
}

export class GrowthLevelInput {
  @Length(1, 64)
  name!: string;

  @IsInt()
  @Min(0)
  @Max(GROWTH_MAX)
  upGrowth!: number;

  @IsInt()
  @Min(0)
  @Max(GROWTH_MAX)
  keepGrowth!: number;

  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LevelBenefitInput)
  benefits!: LevelBenefitInput[];
}

export class GrowthTermsInput {
  @IsTimeZone()
  timeZone!: string;

  @IsInt()
  @Min(0)
  @Max(60)
  windowMonths!: number;

  @IsInt()
  @Min(0)
  @Max(366)
  graceDays!: number;

  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => GrowthSourceInput)
  sources!: GrowthSourceInput[];

  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => GrowthLevelInput)
  levels!: GrowthLevelInput[];
}

export class GrowthPlanInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => GrowthTermsInput)
  terms!: GrowthTermsInput;
}

export class CreateGrowthPlanInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => GrowthPlanInput)
  plan!: GrowthPlanInput;
}
