/** Channels that decisions are made for. */
export const CHANNELS = ['app', 'sms', 'wecom', 'voice_bot', 'remote_bank', 'branch', 'merchant', 'webhook'] as const;

export const isChannel = (text: string): boolean => (CHANNELS as readonly string[]).includes(text);
