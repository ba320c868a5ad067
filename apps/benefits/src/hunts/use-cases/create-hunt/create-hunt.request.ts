import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsDefined,
  IsInt,
  IsNumber,
  IsTimeZone,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DefinedInput } from '../../../definitions/definition.request';
import { RewardInput } from '../../../granting/reward.request';

const POINTS_MAX = 200;
const COUNT_MAX = 1_000_000;

export class HuntPointInput {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  @Length(1, 64)
  pointId!: string;

  @Length(1, 100)
  name!: string;

  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude!: number;

  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;

  @IsInt()
  @Min(1)
  @Max(5_000)
  radiusMetres!: number;

  @IsDefined()
  @ValidateNested()
  @Type(() => RewardInput)
  reward!: RewardInput;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  foundMax!: number;
}

export class HuntTermsInput {
  @IsTimeZone()
  timeZone!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(POINTS_MAX)
  @ArrayUnique(({ pointId }: HuntPointInput) => pointId)
  @ValidateNested({ each: true })
  @Type(() => HuntPointInput)
  points!: HuntPointInput[];

  @IsInt()
  @Min(0)
  @Max(POINTS_MAX)
  foundMaxPerCustomerPerDay!: number;

  @IsInt()
  @Min(1)
  @Max(1_000)
  accuracyMetresMax!: number;

  @IsInt()
  @Min(1)
  @Max(600)
  positionAgeSecondsMax!: number;

  @IsInt()
  @Min(1)
  @Max(400)
  speedMetresPerSecondMax!: number;
}

export class HuntInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => HuntTermsInput)
  terms!: HuntTermsInput;
}

export class CreateHuntInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => HuntInput)
  hunt!: HuntInput;
}
