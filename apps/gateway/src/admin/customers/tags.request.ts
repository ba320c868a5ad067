import { field } from '../../http/field';

export class TagBody {
  @field.text({ optional: true, max: 200 })
  value?: string;

  @field.oneOf(['rule', 'import', 'expert', 'model'], { optional: true, description: 'expert when left out.' })
  source?: string;

  @field.time({ optional: true, description: 'The tag never ends when left out.' })
  validUntil?: Date;
}
