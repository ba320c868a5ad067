import { Length } from 'class-validator';

export class IssueRedemptionCodeInput {
  @Length(1, 64)
  instanceId!: string;

  @Length(1, 64)
  customerId!: string;
}
