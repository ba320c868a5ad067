import { Length } from 'class-validator';

export class IssueCodeSeedInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  instanceId!: string;

  @Length(1, 64)
  customerId!: string;
}
