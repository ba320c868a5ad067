import { Type } from 'class-transformer';
import { IsDefined, Length, ValidateNested } from 'class-validator';
import { REQUEST_ID_LENGTH_MAX } from '../../requests/patterns';
import { StrategyInput } from '../../requests/strategy.request';

export class UpdateStrategyInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  /** With the version that was read. */
  @IsDefined()
  @ValidateNested()
  @Type(() => StrategyInput)
  strategy!: StrategyInput;
}
