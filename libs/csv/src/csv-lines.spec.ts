import { csvLines, type CsvLine } from './csv-lines';

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(text: string, size = 7, delimiter = ','): Promise<{ header: string[]; lines: CsvLine[] }> {
  let header: string[] = [];
  const lines: CsvLine[] = [];
  for await (const line of csvLines(inChunks(text, size), delimiter, (columns) => (header = columns))) lines.push(line);
  return { header, lines };
}

describe('csvLines', () => {
  it('reads quoted cells, line breaks in them, a BOM and Windows line ends, at any chunk size', async () => {
    const text = '\ufeffid, name \r\n1,"张, 三"\r\n2,"two\r\nlines"\r\n\r\n3,plain';
    for (const size of [1, 3, 1000]) {
      const { header, lines } = await read(text, size);
      expect(header).toEqual(['id', 'name']);
      expect(lines.map(({ cells }) => cells)).toEqual([
        { id: '1', name: '张, 三' },
        { id: '2', name: 'two\nlines' },
        { id: '3', name: 'plain' },
      ]);
      expect(lines.map(({ fileLine }) => fileLine)).toEqual([2, 3, 6]);
    }
  });

  it('names bad lines and goes on behind them, in the order of the file', async () => {
    const long = 'x'.repeat(70_000);
    const { lines } = await read(`a,b\n1\n2,ok\n3,"x"y\n4,ok\n5,${long}\n6,ok\n7,8,9\n10,"open\n11,ok`, 5000);
    expect(lines.map(({ fileLine, reason, cells }) => [fileLine, reason || cells?.a])).toEqual([
      [2, 'COLUMN_COUNT_WRONG'],
      [3, '2'],
      [4, 'LINE_MALFORMED'],
      [5, '4'],
      [6, 'LINE_TOO_LONG'],
      [7, '6'],
      [8, 'COLUMN_COUNT_WRONG'],
      [9, 'LINE_MALFORMED'],
      [10, '11'],
    ]);
  });

  it('gives up a quote that is never closed, and no line behind it', async () => {
    const tail = Array.from({ length: 250 }, (_, i) => `${i},ok`);
    const { lines } = await read(['a,b', '"open,1', ...tail, '"x",2'].join('\n'), 100);
    expect(lines.filter(({ reason }) => reason !== '')).toMatchObject([{ fileLine: 2, reason: 'LINE_MALFORMED' }]);
    expect(lines).toHaveLength(252);
    expect(lines.at(-1)).toMatchObject({ fileLine: 253, cells: { a: 'x', b: '2' } });
  });

  it('tells of an empty file', async () => {
    expect(await read('')).toEqual({ header: [], lines: [] });
  });

  it('fails with its source', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('a,b\n1,2\n');
      throw new Error('storage is gone');
    }
    const all = async (): Promise<void> => {
      for await (const line of csvLines(broken(), ',', () => undefined)) expect(line.cells).toBeDefined();
    };
    await expect(all()).rejects.toThrow('storage is gone');
  });
});
