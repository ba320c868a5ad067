import { field } from '../../http/field';

/** A moment of truth 关键时刻 rule. */
export class MomentRuleBody {
  @field.text({ max: 64 })
  ruleId!: string;

  @field.oneOf(['threshold', 'date_relative'])
  kind!: string;

  @field.text({ optional: true, max: 128, description: 'threshold: the fact’s type, e.g. transaction.' })
  factType?: string;

  @field.json({ optional: true, description: 'threshold: a rule over event.* and customer fields.' })
  condition?: Record<string, unknown>;

  @field.text({ optional: true, max: 100, description: 'date_relative: e.g. attributes.maturityAt or birth_date.' })
  dateField?: string;

  @field.whole({ optional: true, min: -3_650, max: 3_650, description: 'Days before (negative) or after the date.' })
  offsetDays?: number;

  @field.flag({ optional: true, description: 'date_relative: every year, as a birthday.' })
  isYearly?: boolean;

  @field.texts({
    minCount: 1,
    maxCount: 100,
    max: 64,
    description: 'Which of the strategy’s actions become candidates.',
  })
  actionIds!: string[];

  @field.whole({
    optional: true,
    max: 3_650,
    description: 'At most once for a customer in so many days; 0 for no limit.',
  })
  cooldownDays?: number;

  @field.whole({
    optional: true,
    max: 315_360_000,
    description: 'Facts that occurred longer ago only update the profile; 0 for no limit.',
  })
  maxAgeSeconds?: number;
}
