import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsDate, Length, ValidateNested } from 'class-validator';

export class ServiceContactInput {
  @Length(1, 200)
  contactId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 32)
  channel!: string;

  @IsDate()
  usefulUntil!: Date;
}

export class AskServiceContactsInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ServiceContactInput)
  contacts!: ServiceContactInput[];
}
