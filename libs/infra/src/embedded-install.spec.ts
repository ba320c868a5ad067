import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from './deadline';
import { ensureEmbedded } from './embedded-install';
import { embeddedFolder } from './embedded-paths';

describe('ensureEmbedded', () => {
  let cache: string;
  let builds: string[];

  beforeEach(() => {
    cache = join(mkdtempSync(join(tmpdir(), 'tidegate-cache-')), 'tidegate');
    builds = [];
  });

  afterEach(() => rmSync(join(cache, '..'), { recursive: true, force: true }));

  const build = async (draft: string) => {
    builds.push(draft);
    mkdirSync(join(draft, 'bin'), { recursive: true });
    for (const name of ['db', 'broker']) {
      writeFileSync(join(draft, 'bin', name), '');
      chmodSync(join(draft, 'bin', name), 0o755);
      await pause(20);
    }
    return { database: join('bin', 'db'), broker: join('bin', 'broker') };
  };
  const ensure = () => ensureEmbedded(() => undefined, cache, build);
  const installed = () => {
    const folder = embeddedFolder(cache);
    return { database: join(folder, 'bin', 'db'), broker: join(folder, 'bin', 'broker') };
  };

  it('installs once, however many ask at the same time', async () => {
    const answers = await Promise.all([ensure(), ensure(), ensure()]);
    expect(answers).toEqual([installed(), installed(), installed()]);
    await ensure();
    expect(builds).toHaveLength(1);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('repairs an installation that lost a program', async () => {
    await ensure();
    rmSync(installed().broker);
    expect(await ensure()).toEqual(installed());
    expect(builds).toHaveLength(2);
  });

  it('repairs a half installation and removes an abandoned draft', async () => {
    mkdirSync(join(embeddedFolder(cache), 'bin'), { recursive: true });
    mkdirSync(`${embeddedFolder(cache)}.draft-1`);
    expect(await ensure()).toEqual(installed());
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('leaves nothing behind when it fails, and succeeds afterwards', async () => {
    const failing = ensureEmbedded(
      () => undefined,
      cache,
      async (draft) => {
        await build(draft);
        throw new Error('no network');
      },
    );
    await expect(failing).rejects.toThrow('no network');
    expect(readdirSync(cache)).toEqual([]);
    expect(await ensure()).toEqual(installed());
  });
});
