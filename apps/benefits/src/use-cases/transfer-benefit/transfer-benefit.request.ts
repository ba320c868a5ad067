import { Length } from 'class-validator';

export class TransferBenefitInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  instanceId!: string;

  /** The holder. */
  @Length(1, 64)
  customerId!: string;

  @Length(1, 64)
  toCustomerId!: string;
}
