import { Length, Matches } from 'class-validator';
import { ID_PATTERN } from '../../../id-pattern';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Of the gateway's body, which is a little larger. */
export const CONTENT_LENGTH_MAX = 4 * 1024 * 1024;

export class ReconcileInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ISO_DATE)
  businessDateFrom!: string;

  @Matches(ISO_DATE)
  businessDateTo!: string;

  @Length(0, 200)
  fileName!: string;

  @Length(1, CONTENT_LENGTH_MAX)
  content!: string;
}
