import { Length } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

export class CreateNameListInput extends StrategyStepInput {
  @Length(1, 100)
  name!: string;

  /** Empty for the strategy's own segment. */
  @Length(0, 128)
  segmentId!: string;
}
