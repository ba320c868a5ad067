/** What this service alone is told from outside. */
export class CampaignsConfig {
  /** IANA zone of the bank: its days begin and end there. */
  readonly timeZone: string;
  /** Folder of the bank's own word lists for the copy desk; empty for none. */
  readonly wordListsFolder: string;

  /** @throws Error when BANK_TIME_ZONE is no zone */
  constructor(env: NodeJS.ProcessEnv) {
    this.timeZone = env.BANK_TIME_ZONE || 'Asia/Shanghai';
    this.wordListsFolder = env.COPY_WORD_LISTS_FOLDER ?? '';
    try {
      new Intl.DateTimeFormat('en', { timeZone: this.timeZone });
    } catch {
      throw new Error(`BANK_TIME_ZONE is not a time zone: ${this.timeZone}`);
    }
  }
}
