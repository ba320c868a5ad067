import { field } from '../../http/field';
import { AMOUNT_MINOR_MAX } from '../redemptions/till.request';

const TILL_OUTCOMES = ['shown', 'dismissed', 'accepted', 'rejected'] as const;

/** What a till can offer now. */
export class TillActionsRequest {
  @field.whole({ optional: true, min: 1, max: 10, description: 'How many, best first; 1 when left out.' })
  maxActions?: number;

  @field.flag({ optional: true, description: 'False only previews: nothing is counted or stored. True when left out.' })
  isCommitted?: boolean;
}

/** A code shown at a till, and what to offer whoever shows it. */
export class CodeActionsRequest extends TillActionsRequest {
  @field.text({
    max: 256,
    description: 'The rotating code on the customer’s phone 核销码, or the number that stands for it.',
  })
  code!: string;

  @field.text({ max: 64 })
  storeId!: string;

  @field.text({ max: 64 })
  clerkId!: string;

  @field.whole({ max: AMOUNT_MINOR_MAX, description: 'The sale’s amount, minor units of the benefit’s currency.' })
  orderAmountMinor!: number;
}

/** What came of an offer at a till. */
export class TillOutcomeRequest {
  @field.oneOf(TILL_OUTCOMES)
  outcome!: string;
}
