import { Injectable } from '@nestjs/common';
import { DomainError, refused } from '@tidegate/errors';
import { CampaignsConfig } from '../campaigns.config';

/** Calls in flight of one replica; a bank's model is shared and dear. */
const IN_FLIGHT_MAX = 10;
const ANSWER_BYTES_MAX = 256 * 1024;
const TEMPERATURE = 0.9;

/** A language model behind any endpoint that speaks OpenAI's chat completions. Off unless the bank says where it is. */
@Injectable()
export class CopyModel {
  private inFlight = 0;

  constructor(private readonly config: CampaignsConfig) {}

  get name(): string {
    return this.config.copyModel?.model ?? '';
  }

  /**
   * One answer of the model.
   * @throws COPY_MODEL_OFF, COPY_MODEL_BUSY, COPY_MODEL_REFUSED, COPY_MODEL_UNAVAILABLE, COPY_MODEL_TIMED_OUT, COPY_MODEL_ANSWER_INVALID
   */
  async complete(system: string, user: string): Promise<string> {
    const { copyModel } = this.config;
    if (copyModel === null) throw refused('COPY_MODEL_OFF', 'No language model is set up; texts are written by hand.');
    if (this.inFlight >= IN_FLIGHT_MAX) {
      throw failed('RESOURCE_EXHAUSTED', 'COPY_MODEL_BUSY', 'Too many drafts are being written at once.');
    }
    this.inFlight += 1;
    try {
      return await this.ask(copyModel, system, user);
    } finally {
      this.inFlight -= 1;
    }
  }

  private async ask(
    { url, model, key, timeoutMs }: NonNullable<CampaignsConfig['copyModel']>,
    system: string,
    user: string,
  ): Promise<string> {
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ];
    try {
      const response = await fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== '' && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ model, messages, temperature: TEMPERATURE, stream: false }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await readLimited(response);
      if (!response.ok) {
        const isPassing = response.status >= 500 || response.status === 429;
        if (!isPassing) throw refused('COPY_MODEL_REFUSED', `The language model answered ${response.status}.`);
        throw failed('UNAVAILABLE', 'COPY_MODEL_UNAVAILABLE', `The language model answered ${response.status}.`);
      }
      return contentOf(text);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      if ((error as { name?: unknown } | null)?.name === 'TimeoutError') {
        throw failed('DEADLINE_EXCEEDED', 'COPY_MODEL_TIMED_OUT', 'The language model did not answer in time.');
      }
      throw failed('UNAVAILABLE', 'COPY_MODEL_UNAVAILABLE', 'The language model cannot be reached.', error);
    }
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_BYTES_MAX) throw answerInvalid();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function contentOf(text: string): string {
  try {
    const { choices } = JSON.parse(text) as { choices?: { message?: { content?: unknown } }[] };
    const content = choices?.[0]?.message?.content;
    if (typeof content === 'string') return content;
  } catch {
    // Said below.
  }
  throw answerInvalid();
}

/** Not retryable: another try costs as much as the first, and is the maker's to ask for. */
export const answerInvalid = (): DomainError =>
  refused('COPY_MODEL_ANSWER_INVALID', 'The answer of the language model is no draft.');

const failed = (code: DomainError['code'], reason: string, message: string, cause?: unknown): DomainError =>
  new DomainError({ code, reason, message, cause });
