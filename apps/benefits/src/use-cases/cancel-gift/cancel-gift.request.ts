import { Length } from 'class-validator';

export class CancelGiftInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  giftId!: string;

  @Length(1, 64)
  customerId!: string;
}
