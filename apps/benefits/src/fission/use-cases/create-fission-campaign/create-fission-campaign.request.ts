import { Type } from 'class-transformer';
import {
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsTimeZone,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { DefinedInput } from '../../../definitions/definition.request';
import { RewardInput } from '../../../granting/reward.request';
import { CONDITION_KINDS, CONDITION_SECONDS_MAX, type ConditionKind } from '../../domain/fission-campaign';

const COUNT_MAX = 1_000_000;

const isFact = ({ kind }: FissionConditionInput): boolean => kind === 'fact';

export class FissionConditionInput {
  @IsIn(CONDITION_KINDS)
  kind!: ConditionKind;

  @ValidateIf(isFact)
  @Length(1, 128)
  factType!: string;

  @ValidateIf(isFact)
  @IsInt()
  @Min(1)
  @Max(1_000)
  countMin!: number;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  amountMinorMin!: number;

  @Length(0, 64)
  stockId!: string;
}

export class FissionTermsInput {
  @IsTimeZone()
  timeZone!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => FissionConditionInput)
  condition!: FissionConditionInput;

  @IsInt()
  @Min(1)
  @Max(CONDITION_SECONDS_MAX)
  conditionWithinSeconds!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => RewardInput)
  inviterReward!: RewardInput | undefined;

  @IsOptional()
  @ValidateNested()
  @Type(() => RewardInput)
  inviteeReward!: RewardInput | undefined;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  inviteeMaxPerPerson!: number;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  rewardedMaxPerPerson!: number;

  @IsInt()
  @Min(1)
  @Max(100)
  personMaxPerDevice!: number;
}

export class FissionCampaignInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => FissionTermsInput)
  terms!: FissionTermsInput;
}

export class CreateFissionCampaignInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => FissionCampaignInput)
  campaign!: FissionCampaignInput;
}
