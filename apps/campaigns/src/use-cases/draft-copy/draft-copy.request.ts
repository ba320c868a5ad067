import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import { CHANNELS } from '../../domain/channel';

export class DraftCopyInput {
  @Length(1, 2_000)
  brief!: string;

  @IsIn(CHANNELS)
  channel!: string;

  @Length(0, 64)
  group!: string;

  /** Empty for zh. */
  @IsIn(['', 'zh', 'en'])
  language!: '' | 'zh' | 'en';

  /** 0 for 3. */
  @IsInt()
  @Min(0)
  @Max(5)
  variantCount!: number;
}
