import { Length } from 'class-validator';

export class RemoveShiftInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  shiftId!: string;
}
