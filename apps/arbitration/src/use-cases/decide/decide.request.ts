import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';

export class DecideInput {
  /** Needed when the decision counts; a preview has none. */
  @ValidateIf((input: DecideInput) => input.isCommitted || input.requestId !== '')
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, { each: true })
  channels!: string[];

  /** 0 reads as 1. */
  @IsInt()
  @Min(0)
  @Max(10)
  maxActions!: number;

  @IsBoolean()
  isCommitted!: boolean;

  @IsOptional()
  @IsBoolean()
  isNonPersonalised?: boolean;

  /** Leaves the candidates out of the answer. */
  @IsOptional()
  @IsBoolean()
  isBrief?: boolean;

  @IsOptional()
  @IsObject()
  context?: Record<string, unknown>;
}
