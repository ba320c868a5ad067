import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';

export const CHANNELS = ['app', 'sms', 'wecom', 'voice_bot', 'remote_bank', 'branch', 'merchant', 'webhook'] as const;
const RULE = 'A rule of docs/rules.md; always when left out.';

/** What is said on one channel. */
export class TreatmentBody {
  @field.oneOf(CHANNELS)
  channel!: string;

  @field.text({ optional: true, max: 200 })
  title?: string;

  @field.text({ optional: true, max: 5_000, description: 'With {{customer.externalId}}-like variables.' })
  body?: string;

  @field.text({ optional: true, max: 64, description: 'Human channels: the script to speak.' })
  scriptId?: string;

  @field.text({
    optional: true,
    max: 64,
    description: 'Human channels: the queue that works it. webhook: the endpoint that receives it.',
  })
  queue?: string;

  @field.text({ optional: true, max: 64, description: 'A benefit stock to claim from.' })
  benefitStockId?: string;

  @field.decimal({ optional: true, max: 100, description: 'Context weight of this channel; 0 reads as 1.' })
  contextWeight?: number;
}

export class ActionBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 64, description: 'Business issue, e.g. growth, retention.' })
  issue!: string;

  @field.text({ max: 64, description: 'Product group, e.g. deposits.' })
  group!: string;

  @field.parts(() => TreatmentBody, { minCount: 1, maxCount: 20 })
  treatments!: TreatmentBody[];

  @field.whole({
    optional: true,
    max: 1_000_000_000_000,
    description: 'Value of one success, minor units of currency.',
  })
  valueMinor?: number;

  @field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY' })
  currency!: string;

  @field.decimal({
    optional: true,
    min: 1,
    max: 1_000,
    description: 'Business lever in percent; 100 is neutral, and meant when left out.',
  })
  leverPercent?: number;

  @field.json({ optional: true, description: RULE })
  eligibility?: Record<string, unknown>;

  @field.json({ optional: true, description: RULE })
  applicability?: Record<string, unknown>;

  @field.json({ optional: true, description: RULE })
  suitability?: Record<string, unknown>;

  @field.text({ optional: true, max: 64, description: 'Model slot that gives its propensity; 1 when left out.' })
  modelSlot?: string;

  @field.text({ max: 64, description: 'marketing or service; the consent it needs.' })
  purpose!: string;

  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq' })
  orgPath!: string;

  @field.whole({
    optional: true,
    description:
      'The version that was read; VERSION_CONFLICT when it is not the newest. Left out, whichever there is is replaced.',
  })
  version?: number;
}
