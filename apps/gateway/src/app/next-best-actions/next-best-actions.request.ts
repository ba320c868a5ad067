import { field } from '../../http/field';

/** Outcomes that a screen can tell. */
export const SCREEN_OUTCOMES = ['shown', 'clicked', 'dismissed', 'accepted', 'rejected'] as const;

/** What the app can show now. */
export class NextBestActionsRequest {
  @field.whole({ optional: true, min: 1, max: 10, description: 'How many, best first; 1 when left out.' })
  maxActions?: number;

  @field.flag({ optional: true, description: 'False only previews: nothing is counted or stored. True when left out.' })
  isCommitted?: boolean;

  @field.flag({
    optional: true,
    description: 'True ranks without anything personal: the switch that the app must offer.',
  })
  isNonPersonalised?: boolean;

  @field.json({ optional: true, description: 'What the app knows: page, slot; rules may read it as event.*.' })
  context?: Record<string, unknown>;
}

/** What came of a shown action. */
export class OutcomeRequest {
  @field.oneOf(SCREEN_OUTCOMES)
  outcome!: string;

  @field.time({ optional: true, description: 'Now when left out.' })
  occurredAt?: Date;
}
