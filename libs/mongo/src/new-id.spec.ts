import { newId } from './new-id';

describe('a new id', () => {
  it('is a UUIDv7 of its own, also when many are drawn', () => {
    const ids = Array.from({ length: 2_000 }, newId);
    expect(
      ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is sorted by time', () => {
    jest.useFakeTimers({ now: 1_000 });
    const before = newId();
    jest.setSystemTime(2_000);
    const after = newId();
    jest.useRealTimers();
    expect(before < after).toBe(true);
  });
});
