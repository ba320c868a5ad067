import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';

export class TemplateDraftBody {
  @field.text({
    optional: true,
    max: 40,
    pattern: /^([a-z0-9]+(-[a-z0-9]+)*)?$/,
    example: 'waves-east',
    description: 'The platform gives one when left out; ids of what is made begin with it.',
  })
  strategyId?: string;

  @field.text({ optional: true, max: 100, description: 'The template’s when left out.' })
  name?: string;

  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq' })
  orgPath!: string;

  @field.text({ optional: true, max: 64, description: 'Queue for the human channels, where the template has any.' })
  queue?: string;

  @field.text({
    optional: true,
    max: 64,
    description: 'A benefit stock to claim from; when left out, the texts speak of no gift.',
  })
  benefitStockId?: string;

  @field.time({ optional: true })
  startsAt?: Date;

  @field.time({ optional: true })
  endsAt?: Date;

  @field.text({ optional: true, min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY' })
  currency?: string;
}
