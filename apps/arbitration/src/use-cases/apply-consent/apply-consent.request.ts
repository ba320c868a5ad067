import { IsBoolean, IsInt, Length, Matches, Min } from 'class-validator';

export class ApplyConsentInput {
  @Length(1, 64)
  customerId!: string;

  @Length(1, 64)
  purpose!: string;

  @Matches(/^(\*|[a-z][a-z0-9_]{0,31})$/)
  channel!: string;

  @IsBoolean()
  isGranted!: boolean;

  @IsInt()
  @Min(1)
  version!: number;
}
