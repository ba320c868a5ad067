import { isNextChunk, requireRoom, type UploadProgress } from './next-chunk';

const reasons = { finished: 'FINISHED', outOfOrder: 'OUT_OF_ORDER' };
const isNext = (over: Partial<UploadProgress>, sequence: number) =>
  isNextChunk({ state: 'receiving', chunkCount: 2, ...over }, sequence, reasons);
const reason = (name: string) => expect.objectContaining({ reason: name }) as Error;

describe('isNextChunk', () => {
  it('takes the next and ignores a repeat', () => {
    expect(isNext({}, 2)).toBe(true);
    expect(isNext({}, 1)).toBe(false);
    expect(isNext({ state: 'running' }, 1)).toBe(false);
    expect(isNext({ chunkCount: 4 }, 4)).toBe(true);
  });

  it('refuses a gap, and more of what is whole', () => {
    expect(() => isNext({}, 3)).toThrow(reason('OUT_OF_ORDER'));
    expect(() => isNext({ state: 'running' }, 2)).toThrow(reason('FINISHED'));
    expect(() => isNext({ state: 'running' }, 3)).toThrow(reason('FINISHED'));
  });
});

it('has room for so many chunks', () => {
  const terms = { chunkCountMax: 5, reasons: { tooLarge: 'TOO_LARGE' } };
  expect(() => requireRoom(4, terms)).not.toThrow();
  expect(() => requireRoom(5, terms)).toThrow(reason('TOO_LARGE'));
});
