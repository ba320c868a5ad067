import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, Length, ValidateNested } from 'class-validator';
import { THREAD_CHANNELS, THREAD_KINDS, type ThreadKind } from '../../domain/thread';

export class ThreadEntryInput {
  @IsIn(THREAD_CHANNELS)
  channel!: string;

  @IsIn(THREAD_KINDS)
  kind!: ThreadKind;

  @Length(0, 2000)
  text!: string;

  @Length(0, 500)
  question!: string;

  @Length(0, 2000)
  answer!: string;

  @Length(0, 64)
  form!: string;

  @Length(0, 128)
  reference!: string;

  @IsObject()
  fields!: Record<string, string>;
}

export class AddThreadEntryInput {
  @Length(1, 128)
  requestId!: string;

  @Length(0, 128)
  leadId!: string;

  @Length(0, 64)
  customerId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ThreadEntryInput)
  entry!: ThreadEntryInput;
}
