import { Length, Matches } from 'class-validator';
import { ID_PATTERN } from './id-pattern';

/** A hold of a till: to be committed or voided. */
export class HeldInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  holdId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;
}
