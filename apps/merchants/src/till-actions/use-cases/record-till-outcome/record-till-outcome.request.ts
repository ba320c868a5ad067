import { IsIn, Length, Matches } from 'class-validator';
import { ID_PATTERN } from '../../../id-pattern';

export const TILL_OUTCOMES = ['shown', 'dismissed', 'accepted', 'rejected'];

export class RecordTillOutcomeInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  /** May be empty. */
  @Length(0, 64)
  redemptionId!: string;

  @Length(1, 64)
  decisionId!: string;

  @IsIn(TILL_OUTCOMES)
  outcome!: string;
}
