import type { EventSeries } from '@tidegate/rules';

/** Series as doubles in binary: they are read with the customer at every decision, and nobody asks the database about them. */
export type PackedSeries = Record<string, Uint8Array | { value(): Uint8Array }>;

const NONE: Record<string, EventSeries> = {};

export const packSeries = (series: Readonly<Record<string, EventSeries>>): PackedSeries =>
  Object.fromEntries(
    Object.entries(series).map(([name, { buffer, byteOffset, byteLength }]) => [
      name,
      Buffer.from(buffer, byteOffset, byteLength),
    ]),
  );

export function unpackSeries(packed: PackedSeries | undefined): Record<string, EventSeries> {
  if (packed === undefined) return NONE;
  return Object.fromEntries(
    Object.entries(packed).map(([name, bytes]) => {
      const given = 'value' in bytes ? bytes.value() : bytes;
      // A copy: doubles must be aligned.
      return [name, new Float64Array(Uint8Array.from(given).buffer)];
    }),
  );
}
