import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';

/** A quota 额度 that strategies share. */
export class QuotaBody {
  @field.text({ max: 100 })
  name!: string;

  @field.oneOf(['product', 'material', 'volume', 'budget'])
  kind!: string;

  @field.whole({
    max: 1_000_000_000_000,
    description: 'Of one period: pieces, contacts, or minor units of the currency.',
  })
  limitAmount!: number;

  @field.text({ optional: true, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY', description: 'For a budget only.' })
  currency?: string;

  @field.oneOf(['total', 'day', 'month'], { description: 'Days and months of the bank’s zone.' })
  period!: string;

  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq' })
  orgPath!: string;

  @field.whole({ optional: true, description: 'The version that was read; left out for a new quota.' })
  version?: number;
}
