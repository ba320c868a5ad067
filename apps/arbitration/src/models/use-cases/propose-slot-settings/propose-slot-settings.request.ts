import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsOptional, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { AdaptiveInput } from '../../../use-cases/put-model-slot/put-model-slot.request';

export class SlotSettingsInput {
  @Length(0, 64)
  historyFactType!: string;

  @Matches(/^[a-z][a-z0-9_]{0,31}$/)
  successOutcome!: string;

  /** What is learnt stays as it is without it. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AdaptiveInput)
  featureSpec?: AdaptiveInput;

  @IsInt()
  @Min(0)
  @Max(5_000)
  noModelBasisPoints!: number;
}

export class ProposeSlotSettingsInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  slot!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SlotSettingsInput)
  settings!: SlotSettingsInput;

  @Length(1, 500)
  reason!: string;
}
