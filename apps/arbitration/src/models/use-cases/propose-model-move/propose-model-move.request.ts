import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, Length, Max, Min, ValidateNested } from 'class-validator';
import { ModelRefInput } from '../../../use-cases/put-model-slot/put-model-slot.request';

export class ProposeModelMoveInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  slot!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ModelRefInput)
  model!: ModelRefInput;

  @IsIn(['shadow', 'challenger', 'champion', 'retired'])
  toStage!: 'shadow' | 'challenger' | 'champion' | 'retired';

  @IsInt()
  @Min(0)
  @Max(10_000)
  challengerBasisPoints!: number;

  @Length(1, 500)
  reason!: string;
}
