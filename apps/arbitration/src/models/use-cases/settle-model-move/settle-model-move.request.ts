import { IsBoolean, Length } from 'class-validator';

export class SettleModelMoveInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  slot!: string;

  @Length(1, 64)
  moveId!: string;

  @IsBoolean()
  isApproved!: boolean;

  @Length(0, 500)
  note!: string;
}
