import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from './python';

describe('findPython', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-python-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const install = (name: string, body: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };

  it('prefers the newest that works over a shim that refuses', async () => {
    install('python3.13', 'echo "command not found" >&2; exit 127');
    install('python3.12', 'echo 3.12; echo venv');
    install('python3', 'echo 3.10; echo venv');
    expect(await findPython(folder)).toEqual({ command: join(folder, 'python3.12'), version: '3.12' });
  });

  it('names the versions it found when none fits', async () => {
    install('python3', 'echo 3.14; echo venv');
    install('python', 'echo 2.7; echo venv');
    await expect(findPython(folder)).rejects.toMatchObject({
      reason: 'PYTHON_NOT_FOUND',
      message: expect.stringContaining('found only 3.14, 2.7'),
    });
  });

  it('says that there is none', async () => {
    await expect(findPython(folder)).rejects.toMatchObject({
      reason: 'PYTHON_NOT_FOUND',
      message: expect.stringContaining('none was found'),
    });
  });

  it('tells a Python without venv from no Python', async () => {
    install('python3.11', 'echo 3.11; echo bare');
    await expect(findPython(folder)).rejects.toMatchObject({ reason: 'PYTHON_VENV_MISSING' });
    install('python', 'echo 3.10; echo venv');
    expect(await findPython(folder)).toMatchObject({ version: '3.10' });
  });
});
