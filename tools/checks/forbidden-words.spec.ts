import { checkForbiddenWords } from './forbidden-words';

// Put together here, so that this file holds none of them.
const machinePath = (...parts: string[]): string => ['', ...parts, 'x.ts'].join('/');
const host = (...labels: string[]): string => labels.join('.');

const linesOf = (content: string): (number | undefined)[] =>
  checkForbiddenWords('docs/a.md', content).map(({ line }) => line);

describe('forbidden words', () => {
  it.each([
    `see ${machinePath('work', 'main')}`,
    `import x from '${machinePath('root', 'lib')}'`,
    `HOME=${machinePath('home', 'jo')}`,
    `(${machinePath('Users', 'jo')})`,
    `https://${host('registry', 'npmjs', 'org')}/left-pad`,
    `index-url = https://${host('pypi', 'org')}/simple`,
    host('files', 'pythonhosted', 'org'),
    host('static', 'crates', 'io'),
    host('proxy', 'golang', 'org'),
    host('repo1', 'maven', 'org'),
    host('deb', 'debian', 'org'),
    `written with ${['C', 'laude'].join('')}`,
  ])('finds %s', (content) => {
    expect(linesOf(`fine\n${content}\nfine`)).toEqual([2]);
  });

  it.each([
    'a wheel from PyPI',
    '/workbench/v1/leads and teamwork/root/cause',
    'registry.metrics() and crates.io',
    'https://example.org/work/1',
    'the /home page',
  ])('leaves %s alone', (content) => {
    expect(linesOf(content)).toEqual([]);
  });

  it('tells every line and what it found', () => {
    const path = machinePath('work', 'main');
    expect(checkForbiddenWords('a.ts', `${path}\n\n${path}`)).toEqual([
      { path: 'a.ts', line: 1, message: expect.stringContaining('a path of one machine') },
      { path: 'a.ts', line: 3, message: expect.stringContaining('a path of one machine') },
    ]);
  });

  it('leaves binary content out', () => {
    expect(linesOf(`\0${machinePath('work', 'main')}`)).toEqual([]);
  });
});
