import type { Check } from './check';
import { checkFileLength } from './file-length';
import { selectChecks } from './options';
import { runChecks } from './run-checks';

const passing = (name: string): Check => ({ name, run: () => ({ passed: true, output: '' }) });

describe('runChecks', () => {
  it('runs every check, no more at a time than allowed, and goes on after one that throws', async () => {
    let running = 0;
    let most = 0;
    const slow = (name: string): Check => ({
      name,
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return { passed: true, output: '' };
      },
    });
    const broken: Check = { name: 'broken', run: () => Promise.reject(new Error('no such program')) };
    const told: string[] = [];
    const outcomes = await runChecks([slow('a'), broken, slow('b'), slow('c')], 2, ({ check }) => {
      told.push(check.name);
    });
    expect(most).toBe(2);
    expect(told.sort()).toEqual(['a', 'b', 'broken', 'c']);
    const failed = outcomes.filter(({ passed }) => !passed);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.output).toContain('no such program');
  });
});

describe('selectChecks', () => {
  const checks = [passing('lint'), passing('types'), passing('format')];

  it('takes all, or those named', () => {
    expect(selectChecks([], checks)).toEqual(checks);
    expect(selectChecks(['--only', 'types,lint'], checks).map(({ name }) => name)).toEqual(['lint', 'types']);
    expect(selectChecks(['--only=format'], checks)).toHaveLength(1);
  });

  it.each([[['--only', 'typos']], [['--only']], [['--fix']], [['--only', 'lint', 'types']]])('refuses %j', (args) => {
    expect(() => selectChecks(args, checks)).toThrow();
  });
});

describe('checkFileLength', () => {
  it('counts lines, with or without the last line end', () => {
    const lines = (count: number): string => 'x\n'.repeat(count);
    expect(checkFileLength('a.ts', lines(300))).toEqual([]);
    expect(checkFileLength('a.ts', `${lines(299)}x`)).toEqual([]);
    expect(checkFileLength('a.ts', lines(301))).toHaveLength(1);
    expect(checkFileLength('a.ts', `${lines(300)}x`)).toHaveLength(1);
  });
});
