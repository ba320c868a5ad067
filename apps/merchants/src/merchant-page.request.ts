import { Matches } from 'class-validator';
import { ID_PATTERN } from './id-pattern';
import { PageInput } from './page.request';

/** A page of what one merchant has. */
export class MerchantPageInput extends PageInput {
  @Matches(ID_PATTERN)
  merchantId!: string;
}
