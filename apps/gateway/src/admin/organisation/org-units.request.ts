import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class OrgUnitBody {
  @field.text({ max: 256, example: 'hq', description: 'e.g. hq/east/shanghai; its parent must exist.' })
  orgPath!: string;

  @field.text({ max: 100 })
  name!: string;

  @field.oneOf(['head_office', 'branch', 'sub_branch', 'outlet'], {
    optional: true,
    description: 'By the depth of the path when left out.',
  })
  kind?: string;
}

export class OrgUnitsQuery extends PageQuery {
  @queryField.text({ max: 256, description: 'Units below this path.' })
  orgPath?: string;
}
