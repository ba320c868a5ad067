import { Type } from 'class-transformer';
import { ArrayMaxSize, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { HORIZON_DAYS_MAX } from '../../domain/capacity-window';
import { ContactCostInput, PushLimitInput, TERMS_MAX } from './push-terms.request';

export class StartPushInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  strategyId!: string;

  @Length(0, 64)
  listId!: string;

  /** Empty for the current one. */
  @Matches(/^([A-Za-z0-9][A-Za-z0-9._:-]{0,63})?$/)
  capacitySlot!: string;

  /** With the current slot alone: how many days after today it goes on to. */
  @IsInt()
  @Min(0)
  @Max(HORIZON_DAYS_MAX)
  horizonDays!: number;

  /** Empty for the strategy's own. */
  @Length(0, 256)
  orgPath!: string;

  @ValidateNested({ each: true })
  @Type(() => PushLimitInput)
  @ArrayMaxSize(TERMS_MAX)
  limits!: PushLimitInput[];

  @ValidateNested({ each: true })
  @Type(() => ContactCostInput)
  @ArrayMaxSize(TERMS_MAX)
  costs!: ContactCostInput[];
}
