import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

/** What a strategy is to bring to an organisation 目标. */
export class GoalBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 64 })
  strategyId!: string;

  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq', description: 'The organisation whose customers count.' })
  orgPath!: string;

  @field.oneOf(['aum', 'customers', 'fee_income'])
  kind!: string;

  @field.whole({ min: 1, max: 1_000_000_000_000_000, description: 'Minor units of the currency, or customers.' })
  targetAmount!: number;

  @field.text({ optional: true, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY', description: 'Not for customers.' })
  currency?: string;

  @field.time({ description: 'Of a new goal now or later: what happened before it was set is not counted.' })
  startsAt!: Date;

  @field.time()
  endsAt!: Date;

  @field.text({ optional: true, max: 32, description: 'customers: the outcome that counts; converted when left out.' })
  successOutcome?: string;

  @field.text({
    optional: true,
    max: 128,
    description: 'fee_income: type of the facts with data.amountMinor, in its currency; fee-income when left out.',
  })
  factType?: string;

  @field.whole({ optional: true, description: 'The version that was read; left out for a new goal.' })
  version?: number;
}

export class GoalsQuery extends PageQuery {
  @queryField.text({ max: 64 })
  strategyId?: string;
}
