import { IsInt, Length, Max, Min } from 'class-validator';
import { REQUEST_ID_LENGTH_MAX } from '../../../requests/patterns';

export class JudgePersonInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @Length(1, 64)
  teamId!: string;

  @Length(1, 128)
  agentId!: string;

  /** Empty for everything that is not judged by itself. */
  @Length(0, 64)
  topic!: string;

  @IsInt()
  @Min(0)
  @Max(5)
  willingness!: number;

  @IsInt()
  @Min(0)
  @Max(5)
  ability!: number;

  @Length(0, 500)
  note!: string;
}
