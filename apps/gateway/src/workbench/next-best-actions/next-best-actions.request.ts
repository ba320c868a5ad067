import { field } from '../../http/field';

const STAFF_CHANNELS = ['branch', 'remote_bank', 'wecom'] as const;
const TALK_OUTCOMES = ['shown', 'clicked', 'dismissed', 'accepted', 'rejected', 'no_answer', 'converted'] as const;

/** What a desk or a call can offer now. */
export class DeskActionsRequest {
  @field.oneOf(STAFF_CHANNELS)
  channel!: string;

  @field.whole({ optional: true, min: 1, max: 10, description: 'How many, best first; 1 when left out.' })
  maxActions?: number;

  @field.flag({ optional: true, description: 'False only previews: nothing is counted or stored. True when left out.' })
  isCommitted?: boolean;

  @field.flag({ optional: true, description: 'True ranks without anything personal, where the customer wants it so.' })
  isNonPersonalised?: boolean;

  @field.json({ optional: true, description: 'What the desk knows; rules may read it as event.*.' })
  context?: Record<string, unknown>;
}

export class TalkOutcomeRequest {
  @field.oneOf(TALK_OUTCOMES)
  outcome!: string;

  @field.time({ optional: true, description: 'Now when left out.' })
  occurredAt?: Date;
}
