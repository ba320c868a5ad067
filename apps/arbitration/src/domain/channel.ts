/** Channels that decisions are made for. */
export const CHANNELS = ['app', 'sms', 'wecom', 'voice_bot', 'remote_bank', 'branch', 'merchant', 'webhook'] as const;

/** Where people may speak to the customer, out of a queue. */
const PEOPLE_CHANNELS: readonly string[] = ['remote_bank', 'branch', 'merchant'] satisfies (typeof CHANNELS)[number][];

export const isWorkedByPeople = (channel: string): boolean => PEOPLE_CHANNELS.includes(channel);

export const isChannel = (text: string): boolean => (CHANNELS as readonly string[]).includes(text);
