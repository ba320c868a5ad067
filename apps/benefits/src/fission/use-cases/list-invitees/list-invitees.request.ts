import { IsInt, Length, Max, Min } from 'class-validator';
import { MemberInput } from '../get-fission-progress/get-fission-progress.request';

export class ListInviteesInput extends MemberInput {
  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
