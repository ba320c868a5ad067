import { field } from '../../http/field';
import { CHANNELS } from '../actions/actions.request';

export class CopyTextBody {
  @field.text({ max: 100, description: 'Named in findings.' })
  field!: string;

  @field.text({ min: 0, max: 10_000 })
  text!: string;
}

/** What is shown or told together. */
export class CheckCopyBody {
  @field.parts(() => CopyTextBody, { minCount: 1, maxCount: 50 })
  texts!: CopyTextBody[];

  @field.text({ optional: true, max: 64, description: 'Product group of the offer.' })
  group?: string;
}

export class DraftCopyBody {
  @field.text({ max: 2_000, description: 'What it is about, without any customer’s data.' })
  brief!: string;

  @field.oneOf(CHANNELS)
  channel!: string;

  @field.text({ optional: true, max: 64, description: 'Product group of the offer.' })
  group?: string;

  @field.oneOf(['zh', 'en'], { optional: true })
  language?: string;

  @field.whole({ optional: true, min: 1, max: 5, description: '3 when left out.' })
  variantCount?: number;
}
