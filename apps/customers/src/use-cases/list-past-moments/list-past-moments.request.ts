import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsDate, IsObject, IsOptional, Length, ValidateNested } from 'class-validator';

class PastMomentRuleInput {
  @Length(1, 100)
  factType!: string;

  /** Read by the rules' own parser. */
  @IsOptional()
  @IsObject()
  condition?: Record<string, unknown>;
}

export class ListPastMomentsInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Length(1, 64, { each: true })
  customerIds!: string[];

  @ArrayMinSize(1)
  @ArrayMaxSize(16)
  @ValidateNested({ each: true })
  @Type(() => PastMomentRuleInput)
  rules!: PastMomentRuleInput[];

  @IsDate()
  since!: Date;

  @IsDate()
  until!: Date;
}
