import { field } from '../../http/field';

/** Rules of docs/rules.md without segments; one that is left out is always true. */
export class EngagementPolicyBody {
  @field.json({ optional: true })
  eligibility?: Record<string, unknown>;

  @field.json({ optional: true })
  applicability?: Record<string, unknown>;

  @field.json({ optional: true })
  suitability?: Record<string, unknown>;

  @field.whole({
    optional: true,
    description: 'The version that was read, 0 for a new one; VERSION_CONFLICT when it is not the newest.',
  })
  version?: number;
}
