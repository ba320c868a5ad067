import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const apps = join(__dirname, '../../../apps');

it('has a story for the consumers of every service', () => {
  const hearing = readdirSync(apps).filter((app) =>
    readdirSync(join(apps, app, 'src'), { recursive: true, encoding: 'utf8' }).some((file) =>
      file.endsWith('.consumer.ts'),
    ),
  );
  expect(hearing).not.toEqual([]);
  expect(hearing.filter((app) => !existsSync(join(apps, app, 'src/testing/replays.int-spec.ts')))).toEqual([]);
});
