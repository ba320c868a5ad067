import { Length } from 'class-validator';

export class CreateShareLinkInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  stockId!: string;

  /** The sharer. */
  @Length(1, 64)
  customerId!: string;
}
