import { Length } from 'class-validator';

export class GetHoldInput {
  @Length(1, 128)
  holdId!: string;

  @Length(1, 64)
  merchantId!: string;
}
