import { Length } from 'class-validator';

export class GetPayoutFileInput {
  @Length(1, 64)
  payoutId!: string;
}
