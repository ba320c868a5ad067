import { readFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/** Lets a bundled package find its own files: its `__dirname` stays its folder in node_modules, seen from the bundle. */
export function packageFolderPlugin(packages: readonly string[], outDir: string): Plugin {
  const filter = new RegExp(`node_modules[\\\\/](${packages.join('|')})[\\\\/].*\\.js$`);
  return {
    name: 'package-folder',
    setup(build) {
      build.onLoad({ filter }, async ({ path }) => {
        const folder = relative(outDir, dirname(path)).split(sep).join('/');
        const expression = `require("node:path").join(__dirname, ${JSON.stringify(folder)})`;
        const source = await readFile(path, 'utf8');
        return { contents: source.replaceAll(/\b__dirname\b/g, expression), loader: 'js' };
      });
    },
  };
}
