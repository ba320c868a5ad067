import type { Check } from './check';

/**
 * The checks asked for: all, or those of `--only name,name`.
 * @throws Error for an unknown option or name
 */
export function selectChecks(args: readonly string[], checks: readonly Check[]): readonly Check[] {
  if (args.length === 0) return checks;
  const [option = '', list = '', ...rest] = args.flatMap((arg) => arg.split('='));
  if (option !== '--only' || list === '' || rest.length > 0)
    throw new Error('usage: npm run check [-- --only name,name]');
  const names = list.split(',');
  const known = checks.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no check "${unknown.join(', ')}"; there are ${known.join(', ')}`);
  return checks.filter(({ name }) => names.includes(name));
}
