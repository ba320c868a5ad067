import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';

export class RouteStepBody {
  @field.oneOf(['owner', 'queue'], { description: 'owner: the customer’s relationship manager; first step only.' })
  to!: string;

  @field.text({ optional: true, max: 64, description: 'Of an owner step the decision’s own when left out.' })
  queue?: string;

  @field.whole({
    optional: true,
    max: 129_600,
    description: 'Untouched for so long it goes on; none for the last step.',
  })
  waitMinutes?: number;
}

/** An order of precedence 协同顺序 for a strategy, one of its actions, or a queue. */
export class RouteBody {
  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq/east' })
  orgPath!: string;

  @field.text({ optional: true, max: 64 })
  strategyId?: string;

  @field.text({ optional: true, max: 64 })
  actionId?: string;

  @field.text({ optional: true, max: 64, description: 'Either this or a strategy.' })
  queue?: string;

  @field.parts(() => RouteStepBody, { minCount: 1, maxCount: 5 })
  steps!: RouteStepBody[];
}
