import { Length } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

export class ApproveStrategyInput extends StrategyStepInput {
  @Length(0, 1_000)
  comment!: string;
}
