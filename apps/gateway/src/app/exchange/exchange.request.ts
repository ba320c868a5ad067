import { field } from '../../http/field';

export class ExchangeBody {
  @field.text({ optional: true, max: 64, description: 'The own benefit to give, when the offer takes one.' })
  instanceId?: string;

  @field.texts({
    optional: true,
    max: 64,
    maxCount: 20,
    description: 'The own benefits to give, when the offer takes several.',
  })
  instanceIds?: string[];
}
