import { field } from '../http/field';

/** One purpose × channel, granted or withdrawn. */
export class ConsentRequest {
  @field.text({ max: 64, description: 'e.g. marketing, service, profiling.' })
  purpose!: string;

  @field.text({ max: 64, description: 'app, sms, wecom, voice_bot, remote_bank, branch, merchant, webhook or *.' })
  channel!: string;

  @field.flag()
  isGranted!: boolean;

  @field.text({ max: 500, description: 'Where it was given: a document, a call, a screen.' })
  evidence!: string;
}
