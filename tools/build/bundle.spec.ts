import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { bundle } from './bundle';

const root = join(__dirname, '..', '..');

describe('bundle', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-bundle-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    mkdirSync(join(folder, 'dist'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const outFile = () => join(folder, 'dist', 'main.js');
  const make = async (source: string, more: Record<string, string> = {}, hasCrashPoints = false) => {
    for (const [name, text] of Object.entries({ 'main.ts': source, ...more })) writeFileSync(join(folder, name), text);
    await bundle({ root, entry: join(folder, 'main.ts'), outFile: outFile(), hasCrashPoints, logLevel: 'silent' });
  };
  const build = async (source: string, more: Record<string, string> = {}) => {
    await make(source, more);
    expect(existsSync(`${outFile()}.map`)).toBe(true);
    return execFileSync(process.execPath, [outFile()], { encoding: 'utf8' }).trim();
  };

  it('keeps what decorators record, also of a type that is gone at run time', async () => {
    const output = await build(
      `import 'reflect-metadata';
       import { Clock, Settings } from './parts';
       const Injectable = () => (_: unknown) => undefined;
       @Injectable() class UseCase { constructor(readonly clock: Clock, readonly settings: Settings) {} }
       const types = Reflect.getMetadata('design:paramtypes', UseCase) as { name: string }[];
       console.log(UseCase.name, types.map((type) => type.name).join(' '));`,
      { 'parts.ts': 'export class Clock {}\nexport interface Settings { zone: string }' },
    );
    expect(output).toBe('UseCase Clock Object');
  });

  it('resolves the libraries of the workspace', async () => {
    const output = await build(`import { DomainError } from '@tidegate/errors'; console.log(DomainError.name);`);
    expect(output).toBe('DomainError');
  });

  it('is ASCII throughout, alphabets in regular expressions too', async () => {
    const output = await build(
      `import { isAlpha } from 'class-validator';
       console.log(isAlpha('Ärger', 'de-DE'), isAlpha('Ärger', 'en-US'), /^[\u4e00-龥]😀$/u.test('中😀'), \`积分 \${1}\`);`,
    );
    expect(output).toBe('true false true 积分 1');
    expect(readFileSync(outFile(), 'utf8')).toMatch(/^[\0-\x7f]*$/);
  });

  it('lets a bundled package read its own files', async () => {
    const output = await build(
      `import { service } from 'grpc-health-check'; console.log(Object.keys(service).includes('Check'));`,
    );
    expect(output).toBe('true');
  });

  describe('crash points', () => {
    const steps = `import { afterStep } from '@tidegate/crash-points';
      for (const step of ['written', 'published', 'answered'] as const) { console.log(step); afterStep(step); }`;
    /** Runs the bundle with its second step armed. */
    const run = () => {
      writeFileSync(join(folder, 'wallet'), '2');
      const env = { ...process.env, CRASH_FOLDER: folder, SERVICE_NAME: 'wallet' };
      const { stdout, signal } = spawnSync(process.execPath, [outFile()], { encoding: 'utf8', env });
      return [stdout.trim().split('\n'), signal];
    };

    it('end the process right after the armed step, once, in a bundle made for crash tests', async () => {
      await make(steps, {}, true);
      expect(run()).toEqual([['written', 'published'], 'SIGKILL']);
      expect([existsSync(join(folder, 'wallet')), existsSync(join(folder, 'wallet.published'))]).toEqual([false, true]);
    });

    it('are not in any other bundle', async () => {
      await make(steps);
      expect(run()).toEqual([['written', 'published', 'answered'], null]);
      const code = readFileSync(outFile(), 'utf8');
      expect(code).not.toMatch(/SIGKILL|CRASH_FOLDER/);
    });
  });

  it('fails for an own import that does not exist', async () => {
    await expect(build(`import './missing';`)).rejects.toThrow('Could not resolve "./missing"');
    await expect(build(`import 'no-such-package-here';`)).rejects.toThrow('Could not resolve');
  });
});
