import { IsIsoCurrency } from '@tidegate/grpc';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { IsDate, IsOptional, Length, Matches } from 'class-validator';
import { OPTIONAL_ORG_PATH, REQUEST_ID_LENGTH_MAX } from '../../requests/patterns';

export class DraftFromTemplateInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @Length(1, 64)
  templateId!: string;

  /** Empty for one that the platform gives. Lower case: the segment's id begins with it. */
  @Matches(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
  @Length(0, 40)
  strategyId!: string;

  @Length(0, 100)
  name!: string;

  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @Length(0, 64)
  queue!: string;

  @Length(0, 64)
  benefitStockId!: string;

  @IsOptional()
  @IsDate()
  startsAt?: Date;

  @IsOptional()
  @IsDate()
  endsAt?: Date;

  /** Empty for CNY. */
  @IsIsoCurrency('')
  currency!: string;
}
