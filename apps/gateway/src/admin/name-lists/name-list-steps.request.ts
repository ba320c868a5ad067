import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';

const QUOTA_MAX = 5_000_000;

export class TeamQuotaBody {
  @field.text({ max: 64 })
  teamId!: string;

  @field.whole({ max: QUOTA_MAX, description: '0 for no limit.' })
  quota!: number;
}

/** How a list is split to people. */
export class SplitPlanBody {
  @field.texts({ minCount: 1, maxCount: 200, max: 64, description: 'Teams at or below the list’s organisation.' })
  teamIds!: string[];

  @field.texts({
    optional: true,
    maxCount: 5,
    max: 64,
    description:
      'In order: owner, outlet, anyone, or a relation attribute of the list. Owner, then outlet when left out.',
  })
  relations?: string[];

  @field.text({ optional: true, max: 64, description: 'Which judgements count.' })
  topic?: string;

  @field.whole({ optional: true, max: 5, description: 'A person judged lower gets nothing.' })
  minWillingness?: number;

  @field.whole({ optional: true, max: 5 })
  minAbility?: number;

  @field.whole({ optional: true, max: QUOTA_MAX, description: 'Of this list for one person; 0 for no limit.' })
  personQuota?: number;

  @field.parts(() => TeamQuotaBody, { optional: true, maxCount: 200 })
  teamQuotas?: TeamQuotaBody[];

  @field.whole({
    optional: true,
    max: 365,
    description: 'Who is untouched for so many days is given to others; 0 for never.',
  })
  recallAfterDays?: number;

  @field.whole({
    optional: true,
    max: 10,
    description: 'How many people a customer is given to, not counting those who left the teams; 3 when left out.',
  })
  maxRounds?: number;
}

export class SplitBody {
  @field.part(() => SplitPlanBody)
  plan!: SplitPlanBody;
}

export class ListShareBody {
  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq/east' })
  orgPath!: string;

  @field.whole({ max: QUOTA_MAX, description: '0 for no limit.' })
  quota!: number;
}

export class HandDownBody {
  @field.parts(() => ListShareBody, { minCount: 1, maxCount: 300 })
  shares!: ListShareBody[];
}
