import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

export class FeatureInput {
  @IsIn(['categorical', 'numeric', 'cross'])
  kind!: 'categorical' | 'numeric' | 'cross';

  @Length(1, 64)
  name!: string;

  @IsOptional()
  @Length(1, 64)
  attribute?: string;

  @IsOptional()
  @ArrayMaxSize(200)
  @IsNumber({}, { each: true })
  edges?: number[];

  @IsOptional()
  @IsNumber()
  bucketsPerDecade?: number;

  @ValidateIf((feature: FeatureInput) => feature.kind === 'cross')
  @ArrayMaxSize(4)
  @IsString({ each: true })
  of?: string[];
}

export class FeatureSpecInput {
  @IsOptional()
  @Length(1, 64)
  name?: string;

  @IsOptional()
  @IsInt()
  slots?: number;

  @IsOptional()
  @ArrayMaxSize(200)
  @Length(1, 64, { each: true })
  forbidden?: string[];

  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => FeatureInput)
  features!: FeatureInput[];
}

export class LearnerInput {
  @IsNumber()
  alpha!: number;

  @IsNumber()
  beta!: number;

  @IsNumber()
  l1!: number;

  @IsNumber()
  l2!: number;

  @IsNumber()
  retention!: number;

  @IsOptional()
  @IsNumber()
  halfLifeDays?: number;
}

/** The features, and how to learn from them; what is left out has a default. */
export class AdaptiveInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => FeatureSpecInput)
  spec!: FeatureSpecInput;

  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @ValidateNested({ each: true })
  @Type(() => LearnerInput)
  learners?: LearnerInput[];

  @IsOptional()
  @IsInt()
  minOutcomes?: number;

  /** Days after which an outcome weighs half; in place of the learners' own retention. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  halfLifeDays?: number;

  /** Outcomes after which an older one weighs half; in place of the learners' own retention, beside the days when both are said. */
  @IsOptional()
  @IsInt()
  @Min(50)
  @Max(1_000_000)
  halfLifeOutcomes?: number;

  /** Whether actions and channels have weights of their own; they have, when left out. */
  @IsOptional()
  @IsBoolean()
  isPerTarget?: boolean;

  @IsOptional()
  @IsNumber()
  priorRate?: number;
}

export class ModelRefInput {
  @IsIn(['adaptive', 'onnx', 'remote'])
  kind!: 'adaptive' | 'onnx' | 'remote';

  @ValidateIf((ref: ModelRefInput) => ref.kind !== 'adaptive')
  @Length(1, 64)
  modelId!: string;
}

export class ModelSlotInput {
  @Matches(/^[a-z0-9][a-z0-9_.-]{0,63}$/)
  slot!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ModelRefInput)
  champion!: ModelRefInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => ModelRefInput)
  shadow?: ModelRefInput;

  @Length(0, 64)
  historyFactType!: string;

  @Matches(/^[a-z][a-z0-9_]{0,31}$/)
  successOutcome!: string;

  /** Needed when champion or shadow learns. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AdaptiveInput)
  featureSpec?: AdaptiveInput;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  version!: number;

  /** Somebody must be left to the champion. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(5_000)
  noModelBasisPoints?: number;
}

export class PutModelSlotInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ModelSlotInput)
  slot!: ModelSlotInput;
}
