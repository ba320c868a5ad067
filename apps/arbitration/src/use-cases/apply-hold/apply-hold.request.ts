import { IsBoolean, IsInt, Length, Min } from 'class-validator';

export class ApplyHoldInput {
  @Length(1, 64)
  customerId!: string;

  @IsBoolean()
  hasComplaintHold!: boolean;

  @IsInt()
  @Min(1)
  version!: number;
}
