import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../toolchain/program';
import { resultOf, type Check, type Finding } from './check';
import { checkFileLength } from './file-length';
import { checkFileName } from './file-names';
import { checkForbiddenWords } from './forbidden-words';
import { checkReasons } from './reasons';
import { checkProjects, checkRootScripts } from './project-layout';
import { isOwnCode, repositoryFiles } from './repository-files';

const PROJECT_FILE = /^(apps|libs|tools)\//;
// Data sets larger than this are no text of ours.
const TEXT_BYTES_MAX = 2 * 1024 * 1024;

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const each = (paths: readonly string[], check: (path: string, content: string) => Finding[]): Finding[] =>
  paths.flatMap((path) => check(path, read(path)));

/** The checks that only read files. */
export const FILE_CHECKS: readonly Check[] = [
  {
    name: 'file-names',
    run: () => {
      const paths = repositoryFiles().filter((path) => isOwnCode(path) && PROJECT_FILE.test(path));
      return resultOf(each(paths, checkFileName));
    },
  },
  { name: 'file-length', run: () => resultOf(each(repositoryFiles().filter(isOwnCode), checkFileLength)) },
  {
    name: 'forbidden-words',
    run: () => {
      const paths = repositoryFiles().filter((path) => statSync(join(ROOT, path)).size <= TEXT_BYTES_MAX);
      return resultOf(each(paths, checkForbiddenWords));
    },
  },
  {
    name: 'reasons',
    run: () => {
      const paths = repositoryFiles().filter((path) => isOwnCode(path) && /^(apps|libs)\//.test(path));
      return resultOf(checkReasons(paths.map((path) => ({ path, content: read(path) }))));
    },
  },
  {
    name: 'projects',
    run: () => {
      const projects = checkProjects({ paths: repositoryFiles(), read });
      return resultOf([...checkRootScripts(read('package.json')), ...projects]);
    },
  },
];
