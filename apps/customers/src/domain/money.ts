const MINOR_PER_MAJOR = 100;

const isSafe = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/**
 * An amount of an event in minor units: `<name>Minor` when it is there, else `<name>` in major units of a currency with two
 * decimals. Undefined when neither is an amount.
 */
export function minorUnits(data: Record<string, unknown>, name: 'amount' | 'balance'): number | undefined {
  const minor = data[`${name}Minor`];
  if (minor !== undefined) return isSafe(minor) ? minor : undefined;
  const major = data[name];
  if (typeof major !== 'number') return undefined;
  const rounded = Math.round(major * MINOR_PER_MAJOR);
  return isSafe(rounded) ? rounded : undefined;
}
