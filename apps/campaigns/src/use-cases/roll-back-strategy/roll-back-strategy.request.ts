import { IsInt, Length, Min } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

export class RollBackStrategyInput extends StrategyStepInput {
  /** 0 for the one that was live before. */
  @IsInt()
  @Min(0)
  version!: number;

  @Length(0, 1_000)
  comment!: string;
}
