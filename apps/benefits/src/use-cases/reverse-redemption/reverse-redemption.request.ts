import { IsBoolean, Length } from 'class-validator';

export class ReverseRedemptionInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  redemptionId!: string;

  @Length(1, 64)
  merchantId!: string;

  @Length(1, 64)
  storeId!: string;

  @Length(1, 64)
  clerkId!: string;

  @Length(1, 200)
  reason!: string;

  @IsBoolean()
  isRepeatOnly!: boolean;
}
