import { moveImport, newFileImport, type FileImport, type ImportState } from './file-import';

const NOW = new Date('2026-01-05T08:00:00Z');
const importJob = (over: Partial<FileImport>): FileImport => ({
  ...newFileImport({ importId: 'import-1', fileName: 'f.csv', delimiter: '' }, NOW),
  ...over,
});

describe('moveImport', () => {
  const allowed = [
    'receiving>running',
    'receiving>cancelled',
    'running>completed',
    'running>failed',
    'running>cancelled',
  ];
  const states: ImportState[] = ['receiving', 'running', 'completed', 'failed', 'cancelled'];
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s > %s', (from, to) => {
    const move = (): unknown => moveImport(importJob({ state: from }), to, NOW);
    if (!allowed.includes(`${from}>${to}`)) {
      expect(move).toThrow(expect.objectContaining({ reason: 'IMPORT_FINISHED' }));
    } else {
      expect(move()).toMatchObject({ state: to, finishedAt: to === 'running' ? null : NOW });
    }
  });
});
