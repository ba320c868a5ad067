import { Length } from 'class-validator';

export class UndoProfileJoinInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 64)
  joinId!: string;

  @Length(1, 500)
  reason!: string;
}
