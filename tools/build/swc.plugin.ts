import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from '@swc/core';
import type { Plugin } from 'esbuild';
import { toAscii } from './ascii.plugin';

const DECORATOR = /^\s*@[A-Za-z]\w*/m;

/**
 * TypeScript through swc, which esbuild cannot replace: Nest injects by the types that decorators record. Files keep
 * their ES imports, so that esbuild sees what is used; those with decorators become CommonJS, because swc cannot know
 * that an import they record is an interface, and an ES import of one is an error where a required one is undefined.
 */
export function swcPlugin(root: string): Plugin {
  return {
    name: 'swc',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const { code } = await transform(source, {
          filename: path,
          configFile: join(root, '.swcrc'),
          module: { type: DECORATOR.test(source) ? 'commonjs' : 'es6' },
          sourceMaps: 'inline',
        });
        return { contents: toAscii(code), loader: 'js' };
      });
    },
  };
}
