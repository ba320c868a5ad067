import { IsIn, Length } from 'class-validator';
import { MARKS, type Mark } from '../../domain/message';

export class MarkMessageInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  messageId!: string;

  @Length(1, 64)
  customerId!: string;

  @IsIn(MARKS)
  mark!: Mark;
}
