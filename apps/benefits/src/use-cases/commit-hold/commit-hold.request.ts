import { Length } from 'class-validator';

export class HoldMoveInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  holdId!: string;

  @Length(1, 64)
  merchantId!: string;
}
