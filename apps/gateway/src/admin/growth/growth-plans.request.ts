import { field } from '../../http/field';
import { DefinitionBody, RewardBody, zoneField } from '../../requests/definition.request';

const GROWTH_MAX = 1_000_000_000;
const AMOUNT_MINOR_MAX = 1_000_000_000_00;

/** Which activities count. */
export class ActivityFilterBody {
  @field.text({
    max: 64,
    description: 'A fact’s type (e.g. transaction), or sign_in, benefit_claimed, benefit_redeemed, exchange.',
  })
  activityType!: string;

  @field.texts({ optional: true, maxCount: 50, max: 64, description: 'All when left out.' })
  operations?: string[];

  @field.texts({ optional: true, maxCount: 50, max: 64, description: 'All when left out.' })
  channels?: string[];

  @field.text({ optional: true, max: 3, description: 'ISO 4217; all when left out.' })
  currency?: string;

  @field.whole({ optional: true, max: AMOUNT_MINOR_MAX })
  amountMinorMin?: number;
}

export class GrowthSourceBody {
  @field.part(() => ActivityFilterBody)
  filter!: ActivityFilterBody;

  @field.whole({ min: 1, max: 1_000_000 })
  growth!: number;

  @field.whole({ optional: true, max: AMOUNT_MINOR_MAX, description: 'When set, growth is per so many minor units.' })
  stepAmountMinor?: number;

  @field.whole({ optional: true, max: GROWTH_MAX, description: '0 for none.' })
  growthMaxPerDay?: number;
}

export class LevelBenefitBody {
  @field.part(() => RewardBody)
  reward!: RewardBody;

  @field.oneOf(['once', 'month'])
  every!: string;
}

/** A level 等级; the lowest first. */
export class GrowthLevelBody {
  @field.text({ max: 64 })
  name!: string;

  @field.whole({ max: GROWTH_MAX, description: 'The growth value that lifts to it; 0 for the first.' })
  upGrowth!: number;

  @field.whole({ max: GROWTH_MAX, description: 'The growth value that keeps it; at most upGrowth.' })
  keepGrowth!: number;

  @field.parts(() => LevelBenefitBody, { optional: true, maxCount: 20 })
  benefits?: LevelBenefitBody[];
}

export class GrowthTermsBody {
  @zoneField()
  timeZone!: string;

  @field.whole({ optional: true, max: 60, description: 'How many months count, the present one with them; 0 for all.' })
  windowMonths?: number;

  @field.whole({ optional: true, max: 366, description: 'How long a level is kept whose growth is gone.' })
  graceDays?: number;

  @field.parts(() => GrowthSourceBody, { minCount: 1, maxCount: 50 })
  sources!: GrowthSourceBody[];

  @field.parts(() => GrowthLevelBody, { minCount: 1, maxCount: 30 })
  levels!: GrowthLevelBody[];
}

/** A growth plan 成长体系. */
export class GrowthPlanBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => GrowthTermsBody)
  terms!: GrowthTermsBody;
}
