import { Length } from 'class-validator';

export class OpenComplaintInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 1_000)
  subject!: string;
}
