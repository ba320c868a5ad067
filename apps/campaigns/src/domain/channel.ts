/** The channels a treatment can be for. */
export const CHANNELS = ['app', 'sms', 'wecom', 'voice_bot', 'remote_bank', 'branch', 'merchant', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Where a person speaks to the customer, so that a script and a queue are needed. */
const HUMAN_CHANNELS: readonly string[] = ['remote_bank', 'branch'] satisfies Channel[];

/** Where a machine speaks: it needs a script, but no queue of people. */
const SPOKEN_CHANNELS: readonly string[] = ['voice_bot'] satisfies Channel[];

/** Where others read what is offered, so that no text says anything of the customer. */
const OVERHEARD_CHANNELS: readonly string[] = ['merchant'] satisfies Channel[];

/** Where the queue of a treatment is one of `leads`: of people who work it, or of a till's. */
const WORKED_CHANNELS: readonly string[] = [...HUMAN_CHANNELS, ...(['merchant'] satisfies Channel[])];

/** Whose treatments may name a queue: such a one, or a partner's endpoint that receives it. */
const QUEUED_CHANNELS: readonly string[] = [...WORKED_CHANNELS, ...(['webhook'] satisfies Channel[])];

export const isChannel = (name: string): name is Channel => CHANNELS.some((channel) => channel === name);
export const isHumanChannel = (name: string): boolean => HUMAN_CHANNELS.includes(name);
export const isWorkedChannel = (name: string): boolean => WORKED_CHANNELS.includes(name);
export const mayNameQueue = (name: string): boolean => QUEUED_CHANNELS.includes(name);
export const isOverheardChannel = (name: string): boolean => OVERHEARD_CHANNELS.includes(name);
export const isSpokenChannel = (name: string): boolean => isHumanChannel(name) || SPOKEN_CHANNELS.includes(name);
