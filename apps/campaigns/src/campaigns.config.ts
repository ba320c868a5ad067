/** What this service alone is told from outside. */
export class CampaignsConfig {
  /** IANA zone of the bank: its days begin and end there. */
  readonly timeZone: string;

  /** @throws Error when BANK_TIME_ZONE is no zone */
  constructor(env: NodeJS.ProcessEnv) {
    this.timeZone = env.BANK_TIME_ZONE || 'Asia/Shanghai';
    try {
      new Intl.DateTimeFormat('en', { timeZone: this.timeZone });
    } catch {
      throw new Error(`BANK_TIME_ZONE is not a time zone: ${this.timeZone}`);
    }
  }
}
