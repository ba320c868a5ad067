/** The first text under one of these names of a fact's data; empty for none. */
export function textOf(data: Readonly<Record<string, unknown>> | undefined, ...names: string[]): string {
  const value = names.map((name) => data?.[name]).find((candidate) => typeof candidate === 'string');
  return typeof value === 'string' ? value : '';
}
