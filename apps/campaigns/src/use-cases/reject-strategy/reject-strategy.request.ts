import { Length } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

export class RejectStrategyInput extends StrategyStepInput {
  /** What the maker has to change. */
  @Length(1, 1_000)
  comment!: string;
}
