import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

export class OnnxFeatureInput {
  @Length(1, 64)
  name!: string;

  @IsIn(['numeric', 'categorical'])
  kind!: 'numeric' | 'categorical';

  @IsOptional()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  values?: string[];

  /** A number for a numeric feature, a text for a categorical one. */
  @ValidateIf((feature: OnnxFeatureInput) => feature.kind === 'numeric')
  @IsNumber()
  missing?: number | string;
}

/** How customers become the model's inputs; see OnnxContract. */
export class OnnxContractInput {
  @IsIn(['matrix', 'columns'])
  layout!: 'matrix' | 'columns';

  @IsOptional()
  @Length(1, 128)
  input?: string;

  @Length(1, 128)
  output!: string;

  @IsInt()
  @Min(0)
  outputColumn!: number;

  @IsOptional()
  @ArrayMaxSize(200)
  @Length(1, 64, { each: true })
  forbidden?: string[];

  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => OnnxFeatureInput)
  features!: OnnxFeatureInput[];
}

/** The file itself is passed beside it: nothing in it is to be transformed. */
export class UploadOnnxModelInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  name!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => OnnxContractInput)
  inputSpec!: OnnxContractInput;
}
