import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

const RULE = 'A rule in the syntax of docs/rules.md.';

export class SegmentBody {
  @field.text({ max: 100 })
  name!: string;

  @field.json({ description: RULE })
  rule!: Record<string, unknown>;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.whole({
    optional: true,
    description:
      'The version that was read; VERSION_CONFLICT when it is not the newest. Left out, whichever there is is replaced.',
  })
  version?: number;
}

export class PreviewBody {
  @field.json({ description: RULE })
  rule!: Record<string, unknown>;

  @field.whole({ optional: true, max: 20, description: 'How many customers to show.' })
  sampleSize?: number;
}

export class MembersQuery extends PageQuery {
  @queryField.whole({ min: 1, max: 5_000, description: '1000 when left out.' })
  declare pageSize?: number;
}
