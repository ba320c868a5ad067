import { Length } from 'class-validator';

export class RollBackModelSlotInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  slot!: string;

  @Length(1, 500)
  reason!: string;
}
