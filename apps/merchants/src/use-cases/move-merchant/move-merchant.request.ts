import { Length, Matches } from 'class-validator';
import { ID_PATTERN } from '../../id-pattern';

export class MoveMerchantInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Length(0, 500)
  comment!: string;
}

/** Stopping a merchant must be explained to whoever lifts it. */
export class SuspendMerchantInput extends MoveMerchantInput {
  @Length(1, 500)
  declare comment: string;
}
