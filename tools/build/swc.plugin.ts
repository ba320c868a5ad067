import { join } from 'node:path';
import { transformFile } from '@swc/core';
import type { Plugin } from 'esbuild';

/**
 * TypeScript through swc, which esbuild cannot replace: Nest injects by the types that decorators record. The result
 * keeps its ES imports, so that esbuild still sees what is used.
 */
export function swcPlugin(root: string): Plugin {
  return {
    name: 'swc',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const { code } = await transformFile(path, {
          configFile: join(root, '.swcrc'),
          module: { type: 'es6' },
          sourceMaps: 'inline',
        });
        // As 'ts' an import of a type that decorators made swc keep is undefined at run time, not an error.
        return { contents: code, loader: 'ts' };
      });
    },
  };
}
