import { field } from '../../http/field';

/** A benefit shown at a till. */
export class TillRequest {
  @field.text({ max: 128, description: 'The rotating code on the customer’s phone 核销码.' })
  code!: string;

  @field.text({ max: 64 })
  storeId!: string;

  @field.text({ max: 64 })
  clerkId!: string;

  @field.whole({ max: 1_000_000_000_00, description: 'The sale’s amount, minor units of the benefit’s currency.' })
  orderAmountMinor!: number;
}
