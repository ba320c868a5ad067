import { sep } from 'node:path';
import type { Plugin } from 'esbuild';

const SEEN = Symbol('seen');

/**
 * Leaves a package's optional requires (Nest's other transports, the database driver's compressors and clouds) as they
 * are when they are not installed. A missing import of our own code stays an error.
 */
export function uninstalledPlugin(): Plugin {
  return {
    name: 'uninstalled',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, importer, pluginData, ...rest }) => {
        if (pluginData === SEEN || !importer.includes(`${sep}node_modules${sep}`)) return undefined;
        const { kind, resolveDir, namespace } = rest;
        const found = await build.resolve(path, { kind, importer, resolveDir, namespace, pluginData: SEEN });
        return found.errors.length > 0 ? { path, external: true } : found;
      });
    },
  };
}
