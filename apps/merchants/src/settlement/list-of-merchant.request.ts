import { Matches } from 'class-validator';
import { OPTIONAL_ID_PATTERN } from '../id-pattern';
import { PageInput } from '../page.request';

/** Lists of what belongs to merchants. */
export class ListOfMerchantInput extends PageInput {
  /** Empty for all the caller may see. */
  @Matches(OPTIONAL_ID_PATTERN)
  merchantId!: string;
}
