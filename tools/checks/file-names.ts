import type { Finding } from './check';

const WORD = '[a-z0-9]+(?:-[a-z0-9]+)*';
const NOUN = new RegExp(`^${WORD}$`);

/** What a file can be besides a domain noun: the layers of a slice first, then what frameworks and tests add. */
const ROLES = new Set([
  ...[
    'controller',
    'consumer',
    'use-case',
    'request',
    'response',
    'repository',
    'schema',
    'config',
    'module',
    'errors',
  ],
  ...['message', 'peers', 'query', 'schedule', 'sender', 'task', 'worker'],
  ...['decorator', 'filter', 'guard', 'hook', 'interceptor', 'pipe', 'plugin'],
  ...['factory', 'fixture', 'harness', 'd'],
]);

/** Each has its own jest project; no glob of one finds another's files. */
const SPECS = new Set(['spec', 'int-spec', 'e2e-spec']);
const LIKE_A_SPEC = /^(tests?|specs|.*[-_](spec|test))$/;

/** Names that say nothing of what is inside. */
const VAGUE = new Set(['common', 'core', 'helper', 'helpers', 'shared', 'util', 'utils']);

const SPEC_NAMES = 'a spec is named <noun>.spec.ts, <noun>.int-spec.ts or <noun>.e2e-spec.ts';
const TEST_CALL = /^(describe|it|test)(\.\w+)*[(`]/m;

/** Whether jest runs the file. */
export const isSpec = (path: string): boolean => /\.(spec|int-spec|e2e-spec)\.tsx?$/.test(path);

/**
 * What is wrong with the name or place of a code file of `apps`, `libs` or `tools`.
 * @param content shows tests in a file that no jest project would run
 */
export function checkFileName(path: string, content: string): Finding[] {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const [noun = '', ...roles] = file.split('.').slice(0, -1);
  const problems = [
    ...folders.filter((folder) => !NOUN.test(folder)).map((folder) => `folder "${folder}" is not kebab-case`),
    ...[...folders, noun].filter((name) => VAGUE.has(name)).map((name) => `"${name}" does not say what it holds`),
    ...nounProblems(noun),
    ...roleProblems(roles, folders[0] === 'tools'),
    ...placeProblems(folders, noun, roles),
  ];
  if (TEST_CALL.test(content) && !isSpec(path)) problems.push('holds tests, but no jest project runs it');
  return problems.map((message) => ({ path, message }));
}

function nounProblems(noun: string): string[] {
  if (!NOUN.test(noun)) return [`"${noun}" is not kebab-case`];
  return /(^|-)spec$/.test(noun) ? [SPEC_NAMES] : [];
}

function roleProblems(roles: readonly string[], areToolRoles: boolean): string[] {
  if (roles.some((role) => LIKE_A_SPEC.test(role) && !SPECS.has(role))) return [SPEC_NAMES];
  const own = roles.filter((role) => !SPECS.has(role));
  // A tool is no slice: its nouns may carry a role of their own.
  const unknown = own.filter((role) => (areToolRoles ? !NOUN.test(role) : !ROLES.has(role)));
  if (unknown.length > 0) return unknown.map((role) => `".${role}" is not a role (tools/checks/file-names.ts)`);
  if (own.length > 1 || roles.length - own.length > 1) return ['a file has one role'];
  return own.length === 1 && roles.length === 2 && own[0] === roles[1] ? ['the spec suffix comes last'] : [];
}

function placeProblems(folders: readonly string[], noun: string, roles: readonly string[]): string[] {
  const [top, project] = folders;
  const folder = folders.at(-1);
  const problems: string[] = [];
  if (roles.includes('e2e-spec') && !(top === 'apps' && project === 'e2e')) problems.push('journeys live in apps/e2e');
  if (top !== 'apps' || project === 'e2e') return problems;
  if (roles.includes('repository') && folder !== 'repositories') problems.push('repositories live in repositories/');
  if (roles.includes('use-case') && !(folder === noun && folders.at(-2) === 'use-cases')) {
    problems.push(`a use case lives in its own folder: use-cases/${noun}/`);
  }
  return problems;
}
