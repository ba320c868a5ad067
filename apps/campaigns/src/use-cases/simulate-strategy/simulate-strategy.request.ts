import { IsInt, Max, Min } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

/** 0 stands for the default. */
export class SimulateStrategyInput extends StrategyStepInput {
  @IsInt()
  @Min(0)
  @Max(28)
  dayCount!: number;

  @IsInt()
  @Min(0)
  @Max(200_000)
  customerCountMax!: number;
}
