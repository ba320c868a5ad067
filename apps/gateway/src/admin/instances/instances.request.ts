import { field } from '../../http/field';

export class VoidRequest {
  @field.text({ max: 200, description: 'Why it is taken back.' })
  reason!: string;
}
