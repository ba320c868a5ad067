import * as fc from 'fast-check';
import { bucketOf, checkColumns, isBad, readNamedRow, sortRows, withPiece, type ListedRow } from './list-upload';
import { startNameList } from './name-list';

const NOW = new Date('2026-03-02T02:00:00Z');
const receiving = () =>
  startNameList({ listId: 'l1', strategyId: 's1', name: 'n', segmentId: '', orgPath: 'hq', source: 'csv' }, NOW);
const row = (customerId: string, line: number): ListedRow => ({ customerId, externalId: '', agentId: '', line });
const reason = (reason: string) => expect.objectContaining({ reason }) as Error;

describe('the file of a list', () => {
  it('comes in piece by piece, and is read when it is whole', () => {
    const piece = (byteCount: number, isLast: boolean) => ({ content: new Uint8Array(byteCount), isLast });
    const first = withPiece(receiving(), receiving().upload!, piece(500_000, false));
    expect(first).toMatchObject({ state: 'receiving', upload: { pieceCount: 1, byteCount: 500_000 } });
    const whole = withPiece(first, first.upload!, piece(114_400, true));
    expect(whole).toMatchObject({ state: 'building', upload: { pieceCount: 2, byteCount: 614_400, bucketCount: 10 } });
  });

  it('must name customers', () => {
    expect(() => checkColumns(['name', 'phone'])).toThrow(reason('NAME_LIST_COLUMN_MISSING'));
    expect(() => checkColumns(['external_id'])).not.toThrow();
    const refusals = [
      readNamedRow({ external_id: '  ' }),
      readNamedRow({ external_id: 'x'.repeat(129) }),
      readNamedRow({ external_id: 'x', agent_id: 'a'.repeat(129) }),
    ];
    expect(refusals.map((each) => isBad(each) && each.reason)).toEqual([
      'CUSTOMER_MISSING',
      'CUSTOMER_UNKNOWN',
      'AGENT_INVALID',
    ]);
    expect(readNamedRow({ external_id: ' x1 ', agent_id: 'amy', other: 'y' })).toEqual({
      customerId: '',
      externalId: 'x1',
      agentId: 'amy',
    });
  });

  it('names each customer once: the first line counts', () => {
    expect(sortRows([row('b', 2), row('a', 3), row('b', 4), row('b', 5)])).toEqual({
      rows: [row('a', 3), row('b', 2)],
      errors: [
        { line: 4, reason: 'CUSTOMER_REPEATED', message: 'As in line 2.' },
        { line: 5, reason: 'CUSTOMER_REPEATED', message: 'As in line 2.' },
      ],
    });
  });

  it('is sorted into parts that follow one another in the order of customers', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.integer({ min: 1, max: 2_000 }), (a, b, count) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(bucketOf(low, count)).toBeLessThanOrEqual(bucketOf(high, count));
        expect(bucketOf(high, count)).toBeLessThan(count);
      }),
    );
    expect(new Set(['00000000-', '80000000-', 'ffffffff-'].map((id) => bucketOf(id, 3))).size).toBe(3);
    expect(bucketOf('not hexadecimal', 5)).toBe(0);
  });
});
