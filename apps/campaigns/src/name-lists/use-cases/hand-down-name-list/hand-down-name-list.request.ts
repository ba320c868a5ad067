import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { OPTIONAL_ORG_PATH } from '../../../requests/patterns';
import { NameListStepInput } from '../../name-list-step.request';

export class ListShareInput {
  @Matches(OPTIONAL_ORG_PATH)
  @Length(1, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  /** 0 for no limit. */
  @IsInt()
  @Min(0)
  @Max(5_000_000)
  quota!: number;
}

export class HandDownNameListInput extends NameListStepInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => ListShareInput)
  shares!: ListShareInput[];
}
