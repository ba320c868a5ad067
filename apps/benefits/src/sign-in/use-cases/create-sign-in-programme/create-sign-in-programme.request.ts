import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDefined, IsIn, IsInt, IsTimeZone, Length, Max, Min, ValidateNested } from 'class-validator';
import { DefinedInput } from '../../../definitions/definition.request';
import { RewardInput } from '../../../granting/reward.request';
import { MAKE_UP_CARD } from '../../domain/sign-in-programme';

export class StreakRewardBodyInput extends RewardInput {
  @IsIn(['points', 'benefit', MAKE_UP_CARD])
  declare kind: string;
}

export class StreakRewardInput {
  @IsInt()
  @Min(1)
  @Max(3_660)
  streakDay!: number;

  @IsDefined()
  @ValidateNested()
  @Type(() => StreakRewardBodyInput)
  reward!: StreakRewardBodyInput;
}

export class SignInTermsInput {
  @IsTimeZone()
  timeZone!: string;

  @IsInt()
  @Min(0)
  @Max(366)
  cycleDays!: number;

  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => StreakRewardInput)
  streakRewards!: StreakRewardInput[];

  @IsInt()
  @Min(0)
  @Max(31)
  cardsPerMonth!: number;

  @IsInt()
  @Min(0)
  @Max(31)
  makeUpDaysMax!: number;
}

export class SignInProgrammeInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => SignInTermsInput)
  terms!: SignInTermsInput;
}

export class CreateSignInProgrammeInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SignInProgrammeInput)
  programme!: SignInProgrammeInput;
}
