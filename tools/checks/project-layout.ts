import type { Finding } from './check';

const ROOT_SCRIPTS_MAX = 8;
const TYPES_OF_APPS = ['type:app', 'type:e2e'];
const TYPES_OF_LIBS = ['type:platform', 'type:util', 'type:contract', 'type:testing'];

/** Root scripts besides those that npm runs by itself before and after another. */
export function checkRootScripts(packageJson: string): Finding[] {
  const { scripts = {} } = JSON.parse(packageJson) as { scripts?: Record<string, string> };
  const names = Object.keys(scripts);
  const own = names.filter((name) => !names.includes(name.replace(/^(pre|post)/, '')) || !/^(pre|post)/.test(name));
  if (own.length <= ROOT_SCRIPTS_MAX) return [];
  return [{ path: 'package.json', message: `${own.length} scripts (${own.join(' ')}); ${ROOT_SCRIPTS_MAX} at most` }];
}

/** A lookup of the repository's files by path. */
export interface FileSet {
  paths: readonly string[];
  read(path: string): string;
}

/** Every app and library is a project with the tags that hold it apart, and every app says what it is for. */
export function checkProjects({ paths, read }: FileSet): Finding[] {
  const known = new Set(paths);
  const folders = new Set(paths.flatMap((path) => /^(?:apps|libs)\/[^/]+(?=\/)/.exec(path) ?? []));
  return [...folders].flatMap((folder) => {
    const isApp = folder.startsWith('apps/');
    const project = `${folder}/project.json`;
    const missing = [project, ...(isApp ? [`${folder}/README.md`] : [])].filter((path) => !known.has(path));
    const findings = missing.map((path) => ({ path, message: 'is missing' }));
    if (!known.has(project)) return findings;
    const { tags = [] } = JSON.parse(read(project)) as { tags?: string[] };
    const scope = isApp ? `scope:${folder.split('/')[1]}` : 'scope:platform';
    const types = isApp ? TYPES_OF_APPS : TYPES_OF_LIBS;
    if (!tags.includes(scope)) findings.push({ path: project, message: `lacks the tag ${scope}` });
    if (tags.filter((tag) => types.includes(tag)).length !== 1) {
      findings.push({ path: project, message: `needs one tag of ${types.join(', ')}` });
    }
    return findings;
  });
}
