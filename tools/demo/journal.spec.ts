import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from './journal';

describe('the journal', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-journal-'));
    path = join(folder, 'data', 'story.json');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('runs a step once, over all runs, and again after a failure', async () => {
    const played: string[] = [];
    const play = (journal: Journal, step: string, fails = false) =>
      journal.step(step, async () => {
        played.push(step);
        if (fails) throw new Error('cut');
      });
    await play(Journal.open(path), 'one');
    await expect(play(Journal.open(path), 'two', true)).rejects.toThrow('cut');
    const journal = Journal.open(path);
    await play(journal, 'one');
    await play(journal, 'two');
    expect(played).toEqual(['one', 'two', 'two']);
    expect([journal.isDone('two'), journal.finishedAt]).toEqual([true, null]);
  });

  it('keeps what was decided first', () => {
    const times = ['first', 'second'];
    expect(Journal.open(path).keep('startsAt', () => times.shift())).toBe('first');
    expect(Journal.open(path).keep('startsAt', () => times.shift())).toBe('first');
    expect(() => Journal.open(path).get('pushId')).toThrow('does not tell pushId');
  });

  it('is finished once', () => {
    Journal.open(path).finish(new Date(1_000));
    const journal = Journal.open(path);
    journal.finish(new Date(2_000));
    expect(journal.finishedAt).toBe(new Date(1_000).toISOString());
  });

  it('of another version is not gone on with', () => {
    Journal.open(path).put('a', 1);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 0'));
    expect(() => Journal.open(path)).toThrow('another version');
  });
});
