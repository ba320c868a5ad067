import { field } from '../../http/field';

/** Who looks after a customer 管户. */
export class OwnerBody {
  @field.text({ optional: true, max: 128, description: 'The person’s token subject; nobody when left out.' })
  ownerId?: string;

  @field.text({ optional: true, max: 64, description: 'The team; none when left out.' })
  teamId?: string;
}
