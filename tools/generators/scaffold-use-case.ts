import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { registerProvider } from './register-provider';
import { useCaseFiles } from './use-case-files';
import { nameUseCase } from './use-case-names';

/** What a scaffold wrote, relative to the repository, and what is left for a person to do. */
export interface Scaffold {
  written: string[];
  rest: string[];
}

/**
 * Writes the folder of a new use case and registers it in the module of its service; never overwrites.
 * @throws Error when the service has no gRPC contract or the folder is there
 */
export function scaffoldUseCase(root: string, service: string, verbNoun: string): Scaffold {
  const names = nameUseCase(service, verbNoun);
  const source = join(root, 'apps', service, 'src');
  const modulePath = join(source, `${service}.module.ts`);
  const contract = join('proto', 'tidegate', service, 'v1', `${service}.proto`);
  if (!existsSync(modulePath) || !existsSync(join(root, contract))) {
    throw new Error(`"${service}" is no service with a module and a contract`);
  }
  const folder = join(source, 'use-cases', verbNoun);
  if (existsSync(folder)) throw new Error(`${relative(root, folder)} is there already`);

  mkdirSync(folder, { recursive: true });
  const files = Object.entries(useCaseFiles(names, peersOf(root, service))).map(
    ([name, content]) => [join(folder, name), content] as const,
  );
  for (const [path, content] of files) writeFileSync(path, content);
  const written = files.map(([path]) => path);

  const provider = `${names.pascal}UseCase`;
  const from = `./use-cases/${verbNoun}/${verbNoun}.use-case`;
  const moduleSource = registerProvider(readFileSync(modulePath, 'utf8'), provider, from);
  const rest = [
    `the rpc ${names.pascal} in ${contract}, then npm run gen`,
    `its line in apps/${service}/src/${service}.controller.ts: validate, call, map`,
    `the rule in apps/${service}/src/domain, and the flow in ${relative(root, folder)}`,
  ];
  if (moduleSource === undefined) {
    rest.unshift(`${provider} among the providers of ${relative(root, modulePath)}`);
  } else {
    writeFileSync(modulePath, moduleSource);
    written.push(modulePath);
  }
  return { written: written.map((path) => relative(root, path)), rest };
}

/** The services whose address this one asks for. */
function peersOf(root: string, service: string): string[] {
  const source = join(root, 'apps', service, 'src');
  const callers = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(source, path), 'utf8'))
    .filter((content) => content.includes('peerUrl('));
  const others = readdirSync(join(root, 'proto', 'tidegate')).filter((name) => name !== service);
  return others.filter((name) => callers.some((content) => content.includes(`'${name}'`)));
}
