import { Length } from 'class-validator';

export class LinkPersonInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 64)
  personId!: string;
}
