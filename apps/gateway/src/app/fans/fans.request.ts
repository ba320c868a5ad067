import { field } from '../../http/field';

/** An outlet or store. */
export class TargetBody {
  @field.oneOf(['outlet', 'store'])
  kind!: string;

  @field.text({ max: 256 })
  targetId!: string;
}

export class FollowBody extends TargetBody {
  @field.text({ optional: true, max: 64, description: 'Where he came from, e.g. qr, nearby, share.' })
  source?: string;
}
