import { field } from '../../http/field';
import { DefinitionBody, RewardBody, zoneField } from '../../requests/definition.request';

export class StreakRewardPartBody extends RewardBody {
  @field.oneOf(['points', 'benefit', 'make_up_card'])
  declare kind: string;
}

/** What a day of the streak brings. */
export class StreakRewardBody {
  @field.whole({ min: 1, max: 3_660, description: 'From 1, inside the cycle.' })
  streakDay!: number;

  @field.part(() => StreakRewardPartBody)
  reward!: StreakRewardPartBody;
}

export class SignInTermsBody {
  @zoneField()
  timeZone!: string;

  @field.whole({ optional: true, max: 366, description: 'Rewards start again after so many days; 0 for never.' })
  cycleDays?: number;

  @field.parts(() => StreakRewardBody, { maxCount: 100 })
  streakRewards!: StreakRewardBody[];

  @field.whole({ optional: true, max: 31, description: 'Make-up cards that everybody has anew each month.' })
  cardsPerMonth?: number;

  @field.whole({ optional: true, max: 31, description: 'How many days back a day can be made up; 0 for never.' })
  makeUpDaysMax?: number;
}

/** A sign-in programme 签到. */
export class SignInProgrammeBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => SignInTermsBody)
  terms!: SignInTermsBody;
}
