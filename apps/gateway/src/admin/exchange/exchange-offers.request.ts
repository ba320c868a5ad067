import { field } from '../../http/field';
import { DefinitionBody, zoneField } from '../../requests/definition.request';

const COUNT_MAX = 10_000_000;

/** One side of a rate. */
export class ExchangeSideBody {
  @field.oneOf(['points', 'benefit'])
  kind!: string;

  @field.whole({ optional: true, max: 100_000_000, description: 'For points.' })
  points?: number;

  @field.text({ optional: true, max: 64, description: 'For a benefit: its stock.' })
  stockId?: string;

  @field.whole({ optional: true, max: 120, description: 'For points that are got: how many months they live.' })
  pointsValidMonths?: number;

  @field.whole({ optional: true, max: 20, description: 'For a benefit: how many of it, e.g. 3 coffees; 0 is one.' })
  count?: number;
}

export class ExchangeTermsBody {
  @field.part(() => ExchangeSideBody)
  give!: ExchangeSideBody;

  @field.part(() => ExchangeSideBody)
  get!: ExchangeSideBody;

  @field.whole({ optional: true, max: COUNT_MAX, description: 'Over all customers; 0 for none.' })
  dailyLimit?: number;

  @field.whole({ optional: true, max: COUNT_MAX, description: '0 for none.' })
  dailyLimitPerCustomer?: number;

  @zoneField()
  timeZone!: string;
}

/** An offer of exchange 兑换. */
export class ExchangeOfferBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => ExchangeTermsBody)
  terms!: ExchangeTermsBody;
}
