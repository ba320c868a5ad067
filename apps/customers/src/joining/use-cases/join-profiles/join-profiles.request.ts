import { Length } from 'class-validator';

export class JoinProfilesInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 64)
  otherCustomerId!: string;

  @Length(1, 500)
  reason!: string;
}
