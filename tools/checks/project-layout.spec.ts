import { checkProjects, checkRootScripts } from './project-layout';

const scripts = (...names: string[]): string =>
  JSON.stringify({ scripts: Object.fromEntries(names.map((name) => [name, 'true'])) });

describe('root scripts', () => {
  it('counts those that a person runs', () => {
    const eight = ['start', 'demo', 'test', 'check', 'bench', 'gen', 'a', 'b'];
    expect(checkRootScripts(scripts(...eight, 'prestart', 'pretest', 'postdemo'))).toEqual([]);
    expect(checkRootScripts(scripts(...eight, 'prepare'))).toHaveLength(1);
  });
});

describe('projects', () => {
  const find = (files: Record<string, string>): string[] =>
    checkProjects({ paths: Object.keys(files), read: (path) => files[path] ?? '' }).map(
      ({ path, message }) => `${path} ${message}`,
    );

  it('accepts tagged projects', () => {
    const files = {
      'apps/leads/project.json': JSON.stringify({ tags: ['type:app', 'scope:leads'] }),
      'apps/leads/README.md': '',
      'libs/mongo/project.json': JSON.stringify({ tags: ['type:platform', 'scope:platform'] }),
    };
    expect(find(files)).toEqual([]);
  });

  it('names what is missing or wrong', () => {
    const files = {
      'apps/leads/src/main.ts': '',
      'apps/review/project.json': JSON.stringify({ tags: ['type:app', 'scope:leads'] }),
      'apps/review/README.md': '',
      'libs/mongo/project.json': JSON.stringify({ tags: ['type:platform', 'type:util', 'scope:platform'] }),
    };
    expect(find(files)).toEqual([
      'apps/leads/project.json is missing',
      'apps/leads/README.md is missing',
      'apps/review/project.json lacks the tag scope:review',
      'libs/mongo/project.json needs one tag of type:platform, type:util, type:contract, type:testing',
    ]);
  });
});
