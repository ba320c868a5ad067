import { field } from '../../http/field';

export class OwnClerkBody {
  @field.text({ max: 64, description: 'Where he works; a clerk may change stores.' })
  storeId!: string;

  @field.text({ max: 100 })
  name!: string;

  @field.flag({ optional: true, description: 'True when left out; a clerk who is not active takes nothing at a till.' })
  isActive?: boolean;
}
