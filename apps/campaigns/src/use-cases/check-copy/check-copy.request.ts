import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Length, ValidateNested } from 'class-validator';

export class CopyTextInput {
  @Length(1, 100)
  field!: string;

  @Length(0, 10_000)
  text!: string;
}

export class CheckCopyInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => CopyTextInput)
  texts!: CopyTextInput[];

  @Length(0, 64)
  group!: string;
}
