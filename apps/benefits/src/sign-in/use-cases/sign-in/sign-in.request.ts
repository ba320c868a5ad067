import { Length } from 'class-validator';

export class SignInInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  programmeId!: string;

  @Length(1, 64)
  customerId!: string;
}
