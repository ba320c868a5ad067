import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

const TARGET_KINDS = ['outlet', 'store'] as const;

/** An outlet or store that can be followed; its zone stays as it is first put, and an outlet’s organisation too. */
export class FanTargetBody {
  @field.oneOf(TARGET_KINDS)
  kind!: string;

  @field.text({ max: 256, description: 'The store’s id, or the outlet’s path.' })
  targetId!: string;

  @field.text({ max: 100 })
  name!: string;

  @field.text({
    max: 256,
    example: 'hq',
    description:
      'Of a store: its merchant’s, or one from there down to its outlet. Of an outlet: its own, or one above it.',
  })
  orgPath!: string;

  @field.text({ max: 64, example: 'Asia/Shanghai', description: 'A day of its growth is a calendar day of this zone.' })
  timeZone!: string;
}

export class FansQuery extends PageQuery {
  @queryField.oneOf(TARGET_KINDS, { description: 'Needed.' })
  kind?: string;

  @queryField.text({ max: 256, description: 'Needed.' })
  targetId?: string;
}

export class FanGrowthQuery {
  @queryField.oneOf(TARGET_KINDS, { description: 'Needed.' })
  kind?: string;

  @queryField.text({ max: 256, description: 'Needed.' })
  targetId?: string;

  @queryField.text({ max: 10, description: 'YYYY-MM-DD; needed.' })
  fromDay?: string;

  @queryField.text({ max: 10, description: 'YYYY-MM-DD, inclusive; 366 days at most. Needed.' })
  toDay?: string;
}
