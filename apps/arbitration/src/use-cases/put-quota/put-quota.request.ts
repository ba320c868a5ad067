import { IsIsoCurrency } from '@tidegate/grpc';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { QUOTA_KINDS, QUOTA_PERIODS, type QuotaKind, type QuotaPeriod } from '../../domain/quota';

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const ORG_PATH = /^[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*){0,9}$/;
const LIMIT_MAX = 1e12;

export class QuotaInput {
  @Matches(ID)
  quotaId!: string;

  @Length(1, 100)
  name!: string;

  @IsIn(QUOTA_KINDS)
  kind!: QuotaKind;

  @IsInt()
  @Min(0)
  @Max(LIMIT_MAX)
  limitAmount!: number;

  /** Empty, or ISO 4217. */
  @IsIsoCurrency('')
  currency!: string;

  @IsIn(QUOTA_PERIODS)
  period!: QuotaPeriod;

  @Matches(ORG_PATH)
  @Length(1, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @IsInt()
  @Min(0)
  version!: number;
}

export class PutQuotaInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => QuotaInput)
  quota!: QuotaInput;
}
