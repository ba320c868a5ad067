import { field } from '../../http/field';

/** Where the phone says it is. */
export class HuntPositionBody {
  @field.decimal({ min: -180, max: 180 })
  longitude!: number;

  @field.decimal({ min: -90, max: 90 })
  latitude!: number;

  @field.decimal({ max: 100_000 })
  accuracyMetres!: number;

  @field.time()
  measuredAt!: Date;

  @field.flag({ description: 'The phone’s own word that a mock provider made it.' })
  isMocked!: boolean;
}

export class ClaimHuntPointBody {
  @field.text({ max: 256 })
  challenge!: string;

  @field.part(() => HuntPositionBody)
  position!: HuntPositionBody;
}
