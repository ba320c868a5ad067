import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

  const build = async (source: string, more: Record<string, string> = {}) => {
    for (const [name, text] of Object.entries({ 'main.ts': source, ...more })) writeFileSync(join(folder, name), text);
    const outFile = join(folder, 'dist', 'main.js');
    await bundle({ root, entry: join(folder, 'main.ts'), outFile, logLevel: 'silent' });
    expect(existsSync(`${outFile}.map`)).toBe(true);
    return execFileSync(process.execPath, [outFile], { encoding: 'utf8' }).trim();
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

  it('lets a bundled package read its own files', async () => {
    const output = await build(
      `import { service } from 'grpc-health-check'; console.log(Object.keys(service).includes('Check'));`,
    );
    expect(output).toBe('true');
  });

  it('fails for an own import that does not exist', async () => {
    await expect(build(`import './missing';`)).rejects.toThrow('Could not resolve "./missing"');
    await expect(build(`import 'no-such-package-here';`)).rejects.toThrow('Could not resolve');
  });
});
