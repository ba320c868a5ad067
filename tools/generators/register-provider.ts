import ts from 'typescript';

/**
 * The module's source with one more provider, imported after the last import; undefined when its `providers` are not
 * written as a list in the `@Module` decorator.
 */
export function registerProvider(moduleSource: string, name: string, from: string): string | undefined {
  const source = ts.createSourceFile('module.ts', moduleSource, ts.ScriptTarget.Latest, true);
  const list = findProviders(source);
  if (list === undefined) return undefined;
  const lastImport = source.statements.filter(ts.isImportDeclaration).at(-1);
  const importAt = lastImport?.end ?? 0;
  const last = list.elements.at(-1);
  const listAt = last?.end ?? list.elements.pos;
  const insertion = last === undefined ? name : `, ${name}`;
  return [
    moduleSource.slice(0, importAt),
    `\nimport { ${name} } from '${from}';`,
    moduleSource.slice(importAt, listAt),
    insertion,
    moduleSource.slice(listAt),
  ].join('');
}

function findProviders(node: ts.Node): ts.ArrayLiteralExpression | undefined {
  if (ts.isDecorator(node) && ts.isCallExpression(node.expression)) {
    const { expression, arguments: args } = node.expression;
    const [options] = args;
    if (expression.getText() === 'Module' && options && ts.isObjectLiteralExpression(options)) {
      const providers = options.properties.find((property) => property.name?.getText() === 'providers');
      if (providers && ts.isPropertyAssignment(providers) && ts.isArrayLiteralExpression(providers.initializer)) {
        return providers.initializer;
      }
    }
  }
  return ts.forEachChild(node, findProviders);
}
