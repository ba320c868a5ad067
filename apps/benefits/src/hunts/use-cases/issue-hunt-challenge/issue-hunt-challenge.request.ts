import { Length } from 'class-validator';

/** One customer in one hunt. */
export class HunterInput {
  @Length(1, 64)
  huntId!: string;

  @Length(1, 64)
  customerId!: string;
}
