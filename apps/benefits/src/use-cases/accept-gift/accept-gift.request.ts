import { Length } from 'class-validator';

export class AcceptGiftInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  giftId!: string;

  @Length(1, 64)
  token!: string;

  @Length(1, 64)
  customerId!: string;
}
