import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class CircleBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;
}

export class ProductivityQuery extends PageQuery {
  @field.oneOf(['head_office', 'branch', 'sub_branch', 'outlet', 'circle'], { description: 'Of what the table is.' })
  kind!: string;

  @queryField.text({
    pattern: /^\d{4}-(0[1-9]|1[0-2])$/,
    max: 7,
    example: '2026-11',
    description: 'ISO month; this one when left out.',
  })
  month?: string;

  @queryField.oneOf(['customers', 'active_merchants', 'transactions', 'fans', 'redemptions'], {
    description: 'By redemptions when left out.',
  })
  orderBy?: string;
}
