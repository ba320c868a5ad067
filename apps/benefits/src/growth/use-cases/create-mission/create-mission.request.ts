import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
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
import { PERIODS, type Period } from '../../../definitions/domain/calendar-period';
import { RewardInput } from '../../../granting/reward.request';
import { ActivityFilterInput } from '../../activity-filter.request';

const TARGET_MAX = 1_000_000_000_00;
const REWARDS_MAX = 20;

export class MissionStepInput {
  @Length(1, 100)
  name!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ActivityFilterInput)
  filter!: ActivityFilterInput;

  @IsIn(['count', 'amount'])
  measure!: string;

  @IsInt()
  @Min(1)
  @Max(TARGET_MAX)
  target!: number;

  @ArrayMaxSize(REWARDS_MAX)
  @ValidateNested({ each: true })
  @Type(() => RewardInput)
  rewards!: RewardInput[];
}

export class MissionTermsInput {
  @IsTimeZone()
  timeZone!: string;

  @IsIn(PERIODS)
  period!: Period;

  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => MissionStepInput)
  steps!: MissionStepInput[];

  @IsBoolean()
  isChained!: boolean;

  @ArrayMaxSize(REWARDS_MAX)
  @ValidateNested({ each: true })
  @Type(() => RewardInput)
  rewards!: RewardInput[];

  @Length(0, 64)
  afterMissionId!: string;
}

export class MissionInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => MissionTermsInput)
  terms!: MissionTermsInput;
}

export class CreateMissionInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => MissionInput)
  mission!: MissionInput;
}
