import { field } from '../../http/field';

export class JoinProfilesBody {
  @field.text({ max: 64, description: 'The other profile of the same person.' })
  otherCustomerId!: string;

  @field.text({ max: 500 })
  reason!: string;
}

export class UndoJoinBody {
  @field.text({ max: 500 })
  reason!: string;
}
