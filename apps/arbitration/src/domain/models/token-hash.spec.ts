import * as fc from 'fast-check';
import { hashText, joinHashes, mixHash } from './token-hash';

const fnv1a = (bytes: Uint8Array): number =>
  Number(bytes.reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn, 0x811c9dc5n));

describe('token hash', () => {
  it('is 32-bit FNV-1a over the UTF-16 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hashText(text)).toBe(fnv1a(Buffer.from(text, 'utf16le')));
      }),
    );
  });

  it('goes on from a prefix', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => hashText(b, hashText(a)) === hashText(a + b)));
  });

  it('mixes as MurmurHash3 does', () => {
    expect([0, 1, 2, 0xffffffff].map(mixHash)).toEqual([0, 0x514e28b7, 0x30f4c306, 0x81f16f39]);
  });

  it('tells the order of a cross', () => {
    const [a, b] = [hashText('job=retired'), hashText('housing=no')];
    expect(joinHashes(a, b)).not.toBe(joinHashes(b, a));
  });
});
