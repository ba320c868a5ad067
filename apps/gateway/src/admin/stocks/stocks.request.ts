import { field } from '../../http/field';

const AMOUNT_MINOR_MAX = 1_000_000_000_00;
const SECONDS_MAX = 5 * 365 * 24 * 3_600;

/** Who pays for a redeemed benefit; the shares add up to 10000. */
export class CostShareBody {
  @field.oneOf(['bank', 'merchant', 'third_party'])
  funder!: string;

  @field.text({ optional: true, max: 256, description: 'Left out for merchant: the redeeming one.' })
  partyId?: string;

  @field.whole({ min: 1, max: 10_000 })
  basisPoints!: number;
}

/** A stock 批次: what is given, how many, to whom, when, and who pays. */
export class StockBody {
  @field.text({ optional: true, max: 64, description: 'kebab-case; the platform gives one when left out.' })
  stockId?: string;

  @field.text({ max: 100 })
  name!: string;

  @field.oneOf(['red_packet', 'amount_discount'])
  kind!: string;

  @field.whole({ min: 1, max: AMOUNT_MINOR_MAX })
  faceValueMinor!: number;

  @field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY', description: 'ISO 4217.' })
  currency!: string;

  @field.whole({ optional: true, max: AMOUNT_MINOR_MAX, description: 'Smallest order amount; 0 for none.' })
  thresholdMinor?: number;

  @field.whole({ min: 1 })
  totalLimit!: number;

  @field.whole({ optional: true, description: '0 for none; the day is the calendar day in timeZone.' })
  dailyLimit?: number;

  @field.whole({ optional: true, description: '0 for none.' })
  perCustomerLimit?: number;

  @field.time()
  claimStartsAt!: Date;

  @field.time()
  claimEndsAt!: Date;

  @field.whole({ min: 1, max: SECONDS_MAX, description: 'How long a benefit lives after its claim.' })
  validForSeconds!: number;

  @field.flag({ optional: true })
  isTransferable?: boolean;

  @field.texts({
    optional: true,
    maxCount: 1_000,
    max: 64,
    description: 'Merchants that may redeem it; all when left out.',
  })
  merchantIds?: string[];

  @field.parts(() => CostShareBody, { minCount: 1, maxCount: 10 })
  costShares!: CostShareBody[];

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.text({ max: 64, example: 'Asia/Shanghai', description: 'IANA name, for daily limits.' })
  timeZone!: string;
}
