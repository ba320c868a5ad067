import { field } from '../../http/field';

const AMOUNT_MAX = 1_000_000_000_000_000;

/** All limits: 0 or left out for none. */
export class BudgetLimitsBody {
  @field.whole({ optional: true })
  dailyCount?: number;

  @field.whole({ optional: true })
  totalCount?: number;

  @field.whole({ optional: true, max: AMOUNT_MAX })
  dailyAmountMinor?: number;

  @field.whole({ optional: true, max: AMOUNT_MAX })
  totalAmountMinor?: number;
}

export class BudgetBody {
  @field.text({
    pattern: /^[A-Z]{3}$/,
    example: 'CNY',
    max: 3,
    description: 'ISO 4217; stays while something is used.',
  })
  currency!: string;

  @field.part(() => BudgetLimitsBody)
  limits!: BudgetLimitsBody;
}
