import { Length } from 'class-validator';

export class GetRedemptionInput {
  @Length(1, 64)
  redemptionId!: string;

  @Length(1, 64)
  merchantId!: string;
}
