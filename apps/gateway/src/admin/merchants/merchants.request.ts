import { field } from '../../http/field';

export class MerchantBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 256, example: 'hq', description: 'The organisation that acquired it.' })
  orgPath!: string;

  @field.text({
    optional: true,
    max: 64,
    description: 'Up to 34 characters without spaces; the check digits of an IBAN are looked at.',
  })
  settlementAccount?: string;
}

export class MerchantMoveBody {
  @field.text({ optional: true, max: 500 })
  comment?: string;
}

export class MerchantReviewBody extends MerchantMoveBody {
  @field.text({
    min: 0,
    max: 64,
    description: 'The account that was looked at, empty for none; refused when it is another by now.',
  })
  settlementAccount!: string;

  @field.text({ max: 256, example: 'hq', description: 'The organisation that was looked at, likewise.' })
  orgPath!: string;
}

export class SuspensionBody {
  @field.text({ max: 500, description: 'Why, for whoever lifts it.' })
  comment!: string;
}

export class OpeningHoursBody {
  @field.whole({ min: 1, max: 7, description: '1 Monday to 7 Sunday.' })
  weekday!: number;

  @field.whole({ max: 1_439, description: 'Minutes after midnight, in the bank’s time zone.' })
  opensMinute!: number;

  @field.whole({ min: 1, max: 2_879, description: 'Later by a day at most; above 1440 it is on the next day.' })
  closesMinute!: number;
}

export class StoreBody {
  @field.text({ max: 100 })
  name!: string;

  @field.decimal({ min: -180, max: 180 })
  longitude!: number;

  @field.decimal({ min: -90, max: 90 })
  latitude!: number;

  @field.flag({ optional: true, description: 'True when left out.' })
  isOpen?: boolean;

  @field.parts(() => OpeningHoursBody, { optional: true, maxCount: 28, description: 'Open around the clock without.' })
  openingHours?: OpeningHoursBody[];

  @field.texts({ optional: true, maxCount: 100, max: 10, description: 'ISO dates on which it does not open.' })
  closedDates?: string[];

  @field.text({ optional: true, max: 64, description: 'The circle of merchants 商圈 it is counted in.' })
  circleId?: string;

  @field.text({
    optional: true,
    max: 256,
    description: 'The outlet 网点 that looks after it; its merchant’s organisation when left out.',
  })
  outletPath?: string;

  @field.whole({
    optional: true,
    max: 50_000,
    description:
      'How far its tills may be, in metres, which then have to say where they are. 0 or left out: they need not say it; where they do, 500.',
  })
  tillRadiusMeters?: number;
}

export class MerchantKeyBody {
  @field.text({ max: 4_096, description: 'Ed25519 public key, PEM (SPKI).' })
  publicKeyPem!: string;
}
