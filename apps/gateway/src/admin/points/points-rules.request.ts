import { field } from '../../http/field';
import { DefinitionBody, zoneField } from '../../requests/definition.request';

const AMOUNT_MINOR_MAX = 1_000_000_000_00;
const POINTS_MAX = 1_000_000_000;
const NAMES_MAX = 50;

/** How a transaction earns. */
export class PointsTermsBody {
  @field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY', description: 'ISO 4217.' })
  currency!: string;

  @field.texts({ optional: true, maxCount: NAMES_MAX, max: 64, description: 'e.g. card_payment; all when left out.' })
  operations?: string[];

  @field.texts({ optional: true, maxCount: NAMES_MAX, max: 64, description: 'All when left out.' })
  channels?: string[];

  @field.whole({ optional: true, max: AMOUNT_MINOR_MAX, description: 'Smallest amount that earns.' })
  amountMinorMin?: number;

  @field.whole({ min: 1, max: AMOUNT_MINOR_MAX, description: 'Every so many minor units, rounded down, ...' })
  stepAmountMinor!: number;

  @field.whole({ min: 1, max: 10_000, description: '... earn so many points.' })
  pointsPerStep!: number;

  @field.whole({ optional: true, max: POINTS_MAX, description: '0 for none.' })
  pointsMaxPerTransaction?: number;

  @field.whole({ optional: true, max: POINTS_MAX, description: '0 for none.' })
  pointsMaxPerDay?: number;

  @field.whole({ optional: true, max: POINTS_MAX, description: '0 for none.' })
  pointsMaxPerMonth?: number;

  @field.whole({ min: 1, max: 120, description: 'Points live to the end of the month so many on.' })
  validMonths!: number;

  @zoneField()
  timeZone!: string;
}

/** A rule of earning points 积分. */
export class PointsRuleBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => PointsTermsBody)
  terms!: PointsTermsBody;
}
