import { DomainError } from '@tidegate/errors';
import type { FtrlState } from './ftrl';

const MAGIC = 0x4c525446;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 24;

/** Little-endian: a mark, the count, then for each slot its number (4 bytes), z and n (8 each) and its minute (4). Nothing is rounded. */
export const packFtrlState = (state: FtrlState): Uint8Array => {
  const count = state.slots.length;
  const bytes = new Uint8Array(HEADER_BYTES + count * ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, count, true);
  for (let i = 0, at = HEADER_BYTES; i < count; i += 1, at += ENTRY_BYTES) {
    view.setUint32(at, state.slots[i] ?? 0, true);
    view.setFloat64(at + 4, state.z[i] ?? 0, true);
    view.setFloat64(at + 12, state.n[i] ?? 0, true);
    view.setUint32(at + 20, state.minutes[i] ?? 0, true);
  }
  return bytes;
};

/** @throws MODEL_STATE_CORRUPT when the bytes are not a whole packed state with finite sums. */
export const unpackFtrlState = (bytes: Uint8Array): FtrlState => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWhole = bytes.byteLength >= HEADER_BYTES && view.getUint32(0, true) === MAGIC;
  const count = isWhole ? view.getUint32(4, true) : -1;
  if (bytes.byteLength !== HEADER_BYTES + count * ENTRY_BYTES) throw corrupt();
  const state: FtrlState = {
    slots: new Uint32Array(count),
    z: new Float64Array(count),
    n: new Float64Array(count),
    minutes: new Uint32Array(count),
  };
  for (let i = 0, at = HEADER_BYTES; i < count; i += 1, at += ENTRY_BYTES) {
    const z = view.getFloat64(at + 4, true);
    const n = view.getFloat64(at + 12, true);
    if (!Number.isFinite(z) || !Number.isFinite(n) || n < 0) throw corrupt();
    state.slots[i] = view.getUint32(at, true);
    state.z[i] = z;
    state.n[i] = n;
    state.minutes[i] = view.getUint32(at + 20, true);
  }
  return state;
};

const corrupt = (): DomainError =>
  new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: 'MODEL_STATE_CORRUPT',
    message: 'The stored model state cannot be read.',
  });
