import { field } from '../http/field';

const TTL_SECONDS_MAX = 7 * 24 * 3_600;

/** Whom a development token is for. */
export class DevTokenRequest {
  @field.text({ max: 128, pattern: /^[\x21-\x7e]+$/ })
  subject!: string;

  @field.oneOf(['staff', 'customer', 'service'])
  kind!: string;

  @field.texts({ optional: true, maxCount: 50, max: 64 })
  roles?: string[];

  @field.text({ optional: true, max: 256, description: 'Needed for staff, e.g. hq/east.' })
  orgPath?: string;

  @field.whole({ optional: true, min: 1, max: TTL_SECONDS_MAX })
  ttlSeconds?: number;
}
