import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

/** A queue that seats work. */
export class QueueBody {
  @field.text({ max: 100 })
  name!: string;

  @field.oneOf(['remote_bank', 'branch', 'merchant'])
  channel!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.text({ optional: true, max: 64, description: 'Skill a seat needs; none when left out.' })
  skill?: string;

  @field.whole({ optional: true, min: 5, max: 86_400, description: '60 when left out.' })
  offerTimeoutSeconds?: number;

  @field.whole({
    optional: true,
    min: 1,
    max: 20,
    description: 'Offers before a lead overflows or closes; 3 when left out.',
  })
  maxAttempts?: number;

  @field.text({ optional: true, max: 64, description: 'Where a lead goes then; it closes when left out.' })
  overflowQueue?: string;

  @field.whole({ optional: true, description: '0 for no limit.' })
  maxWaitSeconds?: number;
}

export class SeatsQuery extends PageQuery {
  @queryField.text({ max: 64, description: 'Those that serve it.' })
  queue?: string;

  @queryField.oneOf(['available', 'away'])
  state?: string;
}

/** A seat 坐席 and what it can do. */
export class SeatBody {
  @field.text({ max: 128, description: 'The agent’s token subject.' })
  agentId!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.text({
    optional: true,
    max: 64,
    description: 'The agent’s team 团队, as in his shifts: leads whose time was reserved of it are offered within it.',
  })
  teamId?: string;

  @field.texts({ maxCount: 50, max: 64 })
  queues!: string[];

  @field.texts({ optional: true, maxCount: 50, max: 64 })
  skills?: string[];

  @field.whole({ min: 1, max: 50, description: 'Open leads at once.' })
  capacity!: number;

  @field.oneOf(['available', 'away'], { optional: true, description: 'As it was when left out; a new seat is away.' })
  state?: string;
}
