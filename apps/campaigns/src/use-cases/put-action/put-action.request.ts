import { Type } from 'class-transformer';
import { IsIsoCurrency } from '@tidegate/grpc';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import {
  ArrayMaxSize,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CONTEXT_WEIGHT_MAX, LEVER_PERCENT_MAX } from '../../domain/action';
import { CHANNELS } from '../../domain/channel';
import { ID_LENGTH_MAX, OPTIONAL_ID, OPTIONAL_ORG_PATH, REQUEST_ID_LENGTH_MAX } from '../../requests/patterns';

const VALUE_MINOR_MAX = 1e12;
const PURPOSES = ['marketing', 'service'] as const;

export class TreatmentInput {
  @IsIn(CHANNELS)
  channel!: string;

  @Length(0, 200)
  title!: string;

  @Length(0, 5_000)
  body!: string;

  @Matches(OPTIONAL_ID)
  @Length(0, ID_LENGTH_MAX)
  scriptId!: string;

  @Length(0, 64)
  queue!: string;

  @Length(0, 64)
  benefitStockId!: string;

  @IsNumber()
  @Min(0)
  @Max(CONTEXT_WEIGHT_MAX)
  contextWeight!: number;
}

export class ActionInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID)
  @Length(0, ID_LENGTH_MAX)
  actionId!: string;

  @Length(1, 100)
  name!: string;

  @Length(1, 64)
  issue!: string;

  @Length(1, 64)
  group!: string;

  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => TreatmentInput)
  treatments!: TreatmentInput[];

  @IsInt()
  @Min(0)
  @Max(VALUE_MINOR_MAX)
  valueMinor!: number;

  @IsIsoCurrency()
  currency!: string;

  /** 0, unset on the wire, is neutral. */
  @ValidateIf(({ leverPercent }: ActionInput) => leverPercent !== 0)
  @IsNumber()
  @Min(1)
  @Max(LEVER_PERCENT_MAX)
  leverPercent!: number;

  @IsOptional()
  @IsObject()
  eligibility?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  applicability?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  suitability?: Record<string, unknown>;

  @Length(0, 64)
  modelSlot!: string;

  @IsIn(PURPOSES)
  purpose!: string;

  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  /** The version that was read; 0 replaces whichever there is. */
  @IsInt()
  @Min(0)
  version!: number;
}

export class PutActionInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ActionInput)
  action!: ActionInput;
}
