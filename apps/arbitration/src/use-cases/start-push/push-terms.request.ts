import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import type { PushLimitKind } from '../../domain/push-terms';

export const TERMS_MAX = 500;
const COST_MINOR_MAX = 1_000_000_000;
/** A million times the dearest contact stays an exact number. */
const LIMIT_MAX = 1_000_000_000_000_000;

export class PushLimitInput {
  @IsIn(['channel', 'group', 'action', 'budget'])
  kind!: PushLimitKind;

  @Length(0, 64)
  key!: string;

  @IsInt()
  @Min(0)
  @Max(LIMIT_MAX)
  max!: number;
}

export class ContactCostInput {
  @Length(0, 64)
  channel!: string;

  @Length(0, 64)
  actionId!: string;

  @IsInt()
  @Min(0)
  @Max(COST_MINOR_MAX)
  costMinor!: number;
}
