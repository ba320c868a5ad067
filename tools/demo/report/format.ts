export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** An amount of minor units with its currency, e.g. `CNY 12,345.00`. */
export function money(amountMinor: number, currency: string): string {
  const [sign, minor] = [amountMinor < 0 ? '−' : '', Math.abs(amountMinor)];
  const cents = String(minor % 100).padStart(2, '0');
  return `${currency} ${sign}${Math.floor(minor / 100).toLocaleString('en-US')}.${cents}`;
}

export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : count(value)} ms`;

export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} s`;

/** `NOT_IN_AUDIENCE` → `not in audience`. */
export const words = (code: string): string => code.toLowerCase().replace(/_/g, ' ');

export const rateText = (amount: number, inSeconds: number): string =>
  `${count(inSeconds > 0 ? amount / inSeconds : 0)}/s`;
