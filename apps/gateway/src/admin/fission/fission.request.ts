import { field } from '../../http/field';
import { DefinitionBody, RewardBody } from '../../requests/definition.request';

/** What an invited customer must do after he has joined. */
export class FissionConditionBody {
  @field.oneOf(['joined', 'fact', 'claim', 'redemption'])
  kind!: string;

  @field.text({ optional: true, max: 128, description: 'For a fact: its type, e.g. transaction.' })
  factType?: string;

  @field.whole({ optional: true, max: 1_000, description: 'For a fact: how many; at least 1.' })
  countMin?: number;

  @field.whole({ optional: true, description: 'For a fact: only those of at least this amountMinor; 0 for all.' })
  amountMinorMin?: number;

  @field.text({ optional: true, max: 64, description: 'For claim and redemption: of this stock; any when left out.' })
  stockId?: string;
}

export class FissionTermsBody {
  @field.text({ max: 64, example: 'Asia/Shanghai' })
  timeZone!: string;

  @field.part(() => FissionConditionBody)
  condition!: FissionConditionBody;

  @field.whole({ min: 1, max: 366 * 24 * 3_600, description: 'How long after joining the condition may be met.' })
  conditionWithinSeconds!: number;

  @field.part(() => RewardBody, { optional: true })
  inviterReward?: RewardBody;

  @field.part(() => RewardBody, { optional: true })
  inviteeReward?: RewardBody;

  @field.whole({ optional: true, max: 1_000_000, description: 'Customers that one person may invite; 0 for no limit.' })
  inviteeMaxPerPerson?: number;

  @field.whole({
    optional: true,
    max: 1_000_000,
    description: 'Invited ones for whom a person is rewarded; 0 for no limit.',
  })
  rewardedMaxPerPerson?: number;

  @field.whole({ min: 1, max: 100, description: 'Persons that may take part with one device.' })
  personMaxPerDevice!: number;
}

/** A fission campaign 裂变活动, as a draft. */
export class FissionCampaignBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => FissionTermsBody)
  terms!: FissionTermsBody;
}
