import { IsISO8601, Matches } from 'class-validator';
import { SignInInput } from '../sign-in/sign-in.request';

export class MakeUpSignInInput extends SignInInput {
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  day!: string;
}
