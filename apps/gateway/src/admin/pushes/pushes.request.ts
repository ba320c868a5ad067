import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';

const TERMS_MAX = 500;
const MEMBERS_MAX = 5_000;

export class PushLimitBody {
  @field.oneOf(['channel', 'group', 'action', 'budget'])
  kind!: string;

  @field.text({ optional: true, max: 64, description: 'The channel, group or action id; left out for a budget.' })
  key?: string;

  @field.whole({ max: 1_000_000_000_000_000, description: 'Members, or minor units for a budget.' })
  max!: number;
}

export class ContactCostBody {
  @field.text({ optional: true, max: 64, description: 'Any channel when left out.' })
  channel?: string;

  @field.text({ optional: true, max: 64, description: 'Any action when left out.' })
  actionId?: string;

  @field.whole({ max: 1_000_000_000, description: 'Minor units.' })
  costMinor!: number;
}

export class StartPushBody {
  @field.text({ max: 64 })
  strategyId!: string;

  @field.text({ optional: true, max: 64, description: 'The name list that its members come from.' })
  listId?: string;

  @field.text({ optional: true, max: 256, description: 'Whose it is; the strategy’s organisation when left out.' })
  orgPath?: string;

  @field.text({ optional: true, max: 64, description: 'Capacity slot to fill, e.g. 2026-W02; today’s when left out.' })
  capacitySlot?: string;

  @field.whole({
    optional: true,
    max: 60,
    description: 'Days after today that a list longer than a day goes on to; with today’s slot alone.',
  })
  horizonDays?: number;

  @field.parts(() => PushLimitBody, { optional: true, maxCount: TERMS_MAX, description: 'What it may use up at most.' })
  limits?: PushLimitBody[];

  @field.parts(() => ContactCostBody, {
    optional: true,
    maxCount: TERMS_MAX,
    description: 'What a contact costs of the budget.',
  })
  costs?: ContactCostBody[];
}

export class PushMembersBody {
  @field.whole({ max: 1_000_000, description: 'From 0.' })
  sequence!: number;

  @field.texts({ maxCount: MEMBERS_MAX, max: 64 })
  customerIds!: string[];

  @field.flag()
  isLast!: boolean;
}

export class PushesQuery extends PageQuery {
  @field.text({ max: 64, description: 'Pushes of this strategy.' })
  strategyId!: string;
}
