import { field } from '../../http/field';

export class ExchangeBody {
  @field.text({ optional: true, max: 64, description: 'The own benefit to give, when the offer takes one.' })
  instanceId?: string;
}
