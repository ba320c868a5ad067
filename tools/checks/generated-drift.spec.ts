import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareFolders } from './generated-drift';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tidegate-drift-spec-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function folder(name: string, files: Record<string, string>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, name, path)), { recursive: true });
    writeFileSync(join(scratch, name, path), content);
  }
  return join(scratch, name);
}

it('names what differs, is missing or left over', () => {
  const wanted = folder('wanted', { 'a.ts': '1\n', 'b/c.ts': '2\n', 'd.ts': '3\n' });
  const actual = folder('actual', { 'a.ts': '1\r\n', 'b/c.ts': '2 \n', 'e.ts': '4\n' });
  expect(compareFolders(wanted, actual)).toEqual([
    { path: join('b', 'c.ts'), message: 'differs from its contract' },
    { path: 'd.ts', message: 'is not generated yet' },
    { path: 'e.ts', message: 'comes from no contract' },
  ]);
});
