const TIMEOUT_MS_FALLBACK = 20_000;
const TIMEOUT_MS_MAX = 55_000;

/** Where the copy desk's language model is. */
export interface CopyModelConfig {
  /** Base of an OpenAI-compatible API, e.g. https://models.bank.example/v1. */
  url: string;
  model: string;
  /** Empty where the endpoint asks for none. */
  key: string;
  timeoutMs: number;
}

/** What this service alone is told from outside. */
export class CampaignsConfig {
  /** IANA zone of the bank: its days begin and end there. */
  readonly timeZone: string;
  /** Folder of the bank's own word lists for the copy desk; empty for none. */
  readonly wordListsFolder: string;
  /** Null, the default: texts are written by hand. */
  readonly copyModel: CopyModelConfig | null;

  /** @throws Error when BANK_TIME_ZONE is no zone, or the language model is set up by halves */
  constructor(env: NodeJS.ProcessEnv) {
    this.timeZone = env.BANK_TIME_ZONE || 'Asia/Shanghai';
    this.wordListsFolder = env.COPY_WORD_LISTS_FOLDER ?? '';
    this.copyModel = copyModelOf(env);
    try {
      new Intl.DateTimeFormat('en', { timeZone: this.timeZone });
    } catch {
      throw new Error(`BANK_TIME_ZONE is not a time zone: ${this.timeZone}`);
    }
  }
}

function copyModelOf(env: NodeJS.ProcessEnv): CopyModelConfig | null {
  const { COPY_MODEL_URL: url = '', COPY_MODEL_NAME: model = '', COPY_MODEL_KEY: key = '' } = env;
  if (url === '') return null;
  if (!/^https?:\/\/[^\s]+$/.test(url)) throw new Error('COPY_MODEL_URL is not an http address');
  if (model === '') throw new Error('COPY_MODEL_NAME is not set');
  const timeoutMs = Number(env.COPY_MODEL_TIMEOUT_MS ?? TIMEOUT_MS_FALLBACK);
  if (!(timeoutMs > 0 && timeoutMs <= TIMEOUT_MS_MAX)) {
    throw new Error(`COPY_MODEL_TIMEOUT_MS must be 1 to ${TIMEOUT_MS_MAX}`);
  }
  return { url: url.replace(/\/+$/, ''), model, key, timeoutMs };
}
