import { Length } from 'class-validator';

export class RejectSettlementBatchInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  batchId!: string;

  @Length(1, 500)
  reason!: string;
}
