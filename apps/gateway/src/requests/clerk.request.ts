import { field } from '../http/field';

export class ClerkBody {
  @field.text({ max: 100 })
  name!: string;

  @field.flag({ optional: true, description: 'True when left out; a clerk who is not active takes nothing at a till.' })
  isActive?: boolean;
}
