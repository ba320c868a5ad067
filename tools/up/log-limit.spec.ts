import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutWhenLong } from './log-limit';

describe('cutWhenLong', () => {
  it('empties a long log that its writer keeps open, and keeps what it held', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidegate-limit-'));
    const file = join(folder, 'one.log');
    appendFileSync(file, 'long ');
    const writer = openSync(file, 'a');
    cutWhenLong(file, 5);
    expect(readFileSync(file, 'utf8')).toBe('long ');
    writeSync(writer, 'line');
    cutWhenLong(file, 5);
    writeSync(writer, 'next');
    closeSync(writer);
    expect(readFileSync(file, 'utf8')).toBe('next');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('long line');
    cutWhenLong(join(folder, 'none'));
    rmSync(folder, { recursive: true, force: true });
  });
});
