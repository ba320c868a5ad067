import { field } from '../http/field';

/** What whoever makes a rule, programme, campaign or mission says of it beside its terms. */
export class DefinitionBody {
  @field.text({ optional: true, max: 64, description: 'kebab-case; the platform gives one when left out.' })
  definitionId?: string;

  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.time()
  validFrom!: Date;

  @field.time({ description: 'Exclusive.' })
  validTo!: Date;
}

export class MoveDefinitionBody {
  @field.oneOf(['approve', 'retire'], { description: 'Somebody else than the maker approves.' })
  move!: string;
}

/** Points or a benefit. */
export class RewardBody {
  @field.oneOf(['points', 'benefit'])
  kind!: string;

  @field.whole({ optional: true, max: 10_000_000, description: 'For points: how many.' })
  points?: number;

  @field.whole({
    optional: true,
    max: 120,
    description: 'For points: they live to the end of the month so many months on.',
  })
  pointsValidMonths?: number;

  @field.text({ optional: true, max: 64, description: 'For a benefit: the stock it is taken from.' })
  stockId?: string;
}

/** Whose calendar the days and months of the terms are of. */
export const zoneField = (): PropertyDecorator =>
  field.text({ max: 64, example: 'Asia/Shanghai', description: 'IANA name; days and months are of its calendar.' });
