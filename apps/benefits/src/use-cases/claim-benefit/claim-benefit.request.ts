import { Length } from 'class-validator';

export class ClaimBenefitInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  stockId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(0, 64)
  decisionId!: string;
}
