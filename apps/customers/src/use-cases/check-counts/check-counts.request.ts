import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsObject, Length, ValidateNested } from 'class-validator';

class CountsQuestionInput {
  @Length(1, 64)
  customerId!: string;

  @Length(0, 512)
  factId!: string;
}

export class CheckCountsInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(16)
  @IsObject({ each: true })
  rules!: Record<string, unknown>[];

  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => CountsQuestionInput)
  questions!: CountsQuestionInput[];
}
