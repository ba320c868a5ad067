import { field } from '../../http/field';

const ITEMS_MAX = 20;
export const AMOUNT_MINOR_MAX = 1_000_000_000_00;

/** One benefit of a sale. */
export class SaleItem {
  @field.text({
    max: 256,
    description: 'The rotating code on the customer’s phone 核销码, or the number that stands for it.',
  })
  code!: string;

  @field.whole({ optional: true, max: AMOUNT_MINOR_MAX, description: 'Left out: as much as the sale can take.' })
  amountMinor?: number;
}

/** Where a till or a hand-held scanner is, WGS 84 degrees. */
export class TillPlace {
  @field.decimal({ min: -180, max: 180 })
  longitude!: number;

  @field.decimal({ min: -90, max: 90 })
  latitude!: number;
}

/** The benefits shown at a till for one sale: one code, or several items. */
export class TillRequest {
  @field.text({ optional: true, max: 256, description: 'The rotating code on the customer’s phone 核销码.' })
  code?: string;

  @field.parts(() => SaleItem, {
    optional: true,
    maxCount: ITEMS_MAX,
    description: 'In place of code: all of them or none.',
  })
  items?: SaleItem[];

  @field.text({ max: 64 })
  storeId!: string;

  @field.text({ max: 64 })
  clerkId!: string;

  @field.whole({ max: AMOUNT_MINOR_MAX, description: 'The sale’s amount, minor units of the benefit’s currency.' })
  orderAmountMinor!: number;

  @field.part(() => TillPlace, { optional: true, description: 'Where the till is; some stores ask for it.' })
  place?: TillPlace;
}
