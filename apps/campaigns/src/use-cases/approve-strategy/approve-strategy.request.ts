import { Length } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

export class ApproveStrategyInput extends StrategyStepInput {
  @Length(0, 1_000)
  comment!: string;

  /** Of the strategy that the reviewer read. */
  @Length(1, 64)
  contentHash!: string;
}
