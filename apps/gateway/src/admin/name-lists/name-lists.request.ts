import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';
import { LargePageQuery, PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class CreateNameListBody {
  @field.text({ max: 64 })
  strategyId!: string;

  @field.text({ max: 100 })
  name!: string;

  @field.text({ optional: true, max: 64, description: 'The strategy’s own segment when left out.' })
  segmentId?: string;

  @field.oneOf(['segment', 'csv'], { optional: true, description: 'segment when left out; of csv the file follows.' })
  source?: string;

  @field.text({
    optional: true,
    max: ORG_PATH_LENGTH_MAX,
    description: 'Who owns it; the strategy’s organisation when left out.',
  })
  orgPath?: string;

  @field.texts({ optional: true, maxCount: 5, max: 64, description: 'Customer attributes to match people by.' })
  relationAttributes?: string[];
}

export class DispatchBody {
  @field.text({ optional: true, max: 64, description: 'Capacity slot to fill, e.g. 2026-W02; today’s when left out.' })
  capacitySlot?: string;

  @field.whole({ optional: true, max: 60, description: 'Days after today that a list longer than a day goes on to.' })
  horizonDays?: number;
}

export class NameListsQuery extends PageQuery {
  @queryField.text({ max: 64, description: 'Lists of this strategy.' })
  strategyId?: string;

  @queryField.text({ max: 64, description: 'Lists handed down from this one.' })
  parentListId?: string;
}

export class MemberFileQuery {
  @queryField.text({ max: 128, description: 'Only this person’s.' })
  agentId?: string;

  @queryField.text({ max: 64, description: 'Only those screened out, or left unplaced, for this reason.' })
  reason?: string;
}

export class NameListMembersQuery extends LargePageQuery {
  @queryField.text({ max: 128, description: 'Only this person’s.' })
  agentId?: string;

  @queryField.text({ max: 64, description: 'Only those screened out, or left unplaced, for this reason.' })
  reason?: string;
}
