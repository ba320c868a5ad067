import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Puts the steps that can be armed in the place of those that do nothing: for crash tests only. */
export function crashPointsPlugin(root: string): Plugin {
  return {
    name: 'crash-points',
    setup(build) {
      build.onResolve({ filter: /^\.\/after-step$/ }, () => ({
        path: join(root, 'libs', 'crash-points', 'src', 'armed-after-step.ts'),
      }));
    },
  };
}
