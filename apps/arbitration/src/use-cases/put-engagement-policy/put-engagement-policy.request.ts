import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsObject, IsOptional, Length, Min, ValidateNested } from 'class-validator';
import { ENGAGEMENT_SCOPES } from '../../domain/engagement-policy';
import type { EngagementScope } from '../../domain/engagement';

/** Rules are parsed by the domain. */
export class EngagementPolicyInput {
  @IsIn(ENGAGEMENT_SCOPES)
  scope!: EngagementScope;

  @Length(1, 64)
  key!: string;

  @IsOptional()
  @IsObject()
  eligibility?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  applicability?: Record<string, unknown>;

  @IsOptional()
  @IsObject()
  suitability?: Record<string, unknown>;

  /** The version that was read. */
  @IsInt()
  @Min(0)
  version!: number;
}

export class PutEngagementPolicyInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => EngagementPolicyInput)
  policy!: EngagementPolicyInput;
}
