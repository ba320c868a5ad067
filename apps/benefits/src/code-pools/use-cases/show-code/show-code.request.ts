import { Length } from 'class-validator';

export class ShowCodeInput {
  @Length(1, 64)
  instanceId!: string;

  @Length(1, 64)
  customerId!: string;
}
