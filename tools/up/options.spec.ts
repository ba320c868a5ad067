import { join } from 'node:path';
import { parseOptions } from './options';

describe('parseOptions', () => {
  it('serves with the story on the default folder and port', () => {
    expect(parseOptions([], '/root')).toEqual({
      root: '/root',
      dataDir: join('/root', '.tidegate'),
      port: null,
      hasStory: true,
      exitsAfterStory: false,
    });
  });

  it('reads every option', () => {
    const options = parseOptions(['--no-story', '--data-dir', '/data', '--port', '9000'], '/root');
    expect(options).toMatchObject({ hasStory: false, dataDir: '/data', port: 9000 });
    expect(parseOptions(['--exit-after-story'], '/root').exitsAfterStory).toBe(true);
  });

  it.each([['--port', '0'], ['--port', '70000'], ['--port', '8e3'], ['--foo'], ['extra']])(
    'refuses %s %s',
    (...args) => {
      expect(() => parseOptions(args.filter(Boolean), '/root')).toThrow();
    },
  );

  it('refuses to exit after a story that is not played', () => {
    expect(() => parseOptions(['--no-story', '--exit-after-story'], '/root')).toThrow('exclude each other');
  });
});
