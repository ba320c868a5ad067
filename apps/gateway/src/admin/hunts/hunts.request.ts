import { field } from '../../http/field';
import { DefinitionBody, RewardBody } from '../../requests/definition.request';

/** A point on the map; degrees are WGS 84. */
export class HuntPointBody {
  @field.text({ max: 64, description: 'Unique inside the hunt, kebab-case.' })
  pointId!: string;

  @field.text({ max: 100 })
  name!: string;

  @field.decimal({ min: -180, max: 180 })
  longitude!: number;

  @field.decimal({ min: -90, max: 90 })
  latitude!: number;

  @field.whole({ min: 1, max: 5_000, description: 'How near a customer must be.' })
  radiusMetres!: number;

  @field.part(() => RewardBody)
  reward!: RewardBody;

  @field.whole({ optional: true, max: 1_000_000, description: 'Finds by all together; 0 for no limit.' })
  foundMax?: number;
}

export class HuntTermsBody {
  @field.text({ max: 64, example: 'Asia/Shanghai' })
  timeZone!: string;

  @field.parts(() => HuntPointBody, { minCount: 1, maxCount: 200 })
  points!: HuntPointBody[];

  @field.whole({ optional: true, max: 200, description: 'Finds of one customer on one day; 0 for no limit.' })
  foundMaxPerCustomerPerDay?: number;

  @field.whole({ min: 1, max: 1_000, description: 'A position that is less accurate is refused.' })
  accuracyMetresMax!: number;

  @field.whole({ min: 1, max: 600, description: 'An older position is refused.' })
  positionAgeSecondsMax!: number;

  @field.whole({ min: 1, max: 400, description: 'A faster move between two attempts of one person is refused.' })
  speedMetresPerSecondMax!: number;
}

/** A location hunt 寻宝, as a draft. */
export class HuntBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => HuntTermsBody)
  terms!: HuntTermsBody;
}
