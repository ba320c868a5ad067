import { ArrayMaxSize, IsIn, Length, Matches } from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { ID_LENGTH_MAX, OPTIONAL_ORG_PATH } from '../../../requests/patterns';
import { StrategyStepInput } from '../../../requests/strategy-step.request';

export class CreateNameListInput extends StrategyStepInput {
  @Length(1, 100)
  name!: string;

  /** Empty for the strategy's own segment. */
  @Length(0, ID_LENGTH_MAX)
  segmentId!: string;

  /** Empty for a segment. */
  @IsIn(['', 'segment', 'csv'])
  source!: '' | 'segment' | 'csv';

  /** Empty for the strategy's. */
  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @ArrayMaxSize(5)
  @Length(1, 64, { each: true })
  relationAttributes!: string[];
}
