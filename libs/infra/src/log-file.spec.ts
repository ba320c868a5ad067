import { closeSync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog, readLogTail } from './log-file';

describe('log files', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-log-'));
    file = join(folder, 'logs', 'one.log');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const append = (text: string, bytesMax?: number) => {
    const handle = openLog(file, bytesMax);
    writeSync(handle, text);
    closeSync(handle);
  };

  it('appends, and puts a long one aside', () => {
    append('first ');
    append('second');
    expect(readFileSync(file, 'utf8')).toBe('first second');
    append('third', 5);
    expect(readFileSync(file, 'utf8')).toBe('third');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('first second');
  });

  it('shows the end of a long log', () => {
    append('');
    writeFileSync(file, `${'x'.repeat(10_000)}the end\n`);
    expect(readLogTail(file)).toMatch(/^x+the end$/);
    expect(readLogTail(file).length).toBeLessThan(5_000);
    expect(readLogTail(join(folder, 'none'))).toBe('(no log)');
  });
});
