import { Length } from 'class-validator';

export class WithdrawReconciliationInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  reconciliationId!: string;

  @Length(1, 500)
  comment!: string;
}
