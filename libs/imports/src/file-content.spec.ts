import { isNextChunk, type FileProgress } from './file-content';

const terms = {
  chunkCountMax: 5,
  reasons: { finished: 'FINISHED', outOfOrder: 'OUT_OF_ORDER', differs: 'DIFFERS', tooLarge: 'TOO_LARGE' },
};
const isNext = (over: Partial<FileProgress>, sequence: number) =>
  isNextChunk({ fileId: 'file-1', state: 'receiving', chunkCount: 2, ...over }, sequence, terms);
const reason = (name: string) => expect.objectContaining({ reason: name }) as Error;

describe('isNextChunk', () => {
  it('takes the next and ignores a repeat', () => {
    expect(isNext({}, 2)).toBe(true);
    expect(isNext({}, 1)).toBe(false);
    expect(isNext({ state: 'running' }, 1)).toBe(false);
    expect(isNext({ chunkCount: 4 }, 4)).toBe(true);
  });

  it('refuses a gap, more of a file that is whole, and too much', () => {
    expect(() => isNext({}, 3)).toThrow(reason('OUT_OF_ORDER'));
    expect(() => isNext({ state: 'running' }, 2)).toThrow(reason('FINISHED'));
    expect(() => isNext({ chunkCount: 5 }, 5)).toThrow(reason('TOO_LARGE'));
  });
});
