import { field } from '../../http/field';

const TILL_OUTCOMES = ['shown', 'dismissed', 'accepted', 'rejected'] as const;

/** What a till can offer now. */
export class TillActionsRequest {
  @field.whole({ optional: true, min: 1, max: 10, description: 'How many, best first; 1 when left out.' })
  maxActions?: number;

  @field.flag({ optional: true, description: 'False only previews: nothing is counted or stored. True when left out.' })
  isCommitted?: boolean;
}

/** What came of an offer at a till. */
export class TillOutcomeRequest {
  @field.oneOf(TILL_OUTCOMES)
  outcome!: string;
}
