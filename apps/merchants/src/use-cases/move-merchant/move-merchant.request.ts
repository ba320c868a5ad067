import { IsOptional, Length, Matches } from 'class-validator';
import { ID_PATTERN } from '../../id-pattern';

export class MoveMerchantInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Length(0, 500)
  comment!: string;
}

/** A review names what was looked at. */
export class ReviewMerchantInput extends MoveMerchantInput {
  @IsOptional()
  @Length(0, 64)
  settlementAccount?: string;

  @IsOptional()
  @Length(0, 256)
  orgPath?: string;
}

/** Stopping a merchant must be explained to whoever lifts it. */
export class SuspendMerchantInput extends MoveMerchantInput {
  @Length(1, 500)
  declare comment: string;
}
