import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type LogLevel } from 'esbuild';
import { asciiPlugin } from './ascii.plugin';
import { crashPointsPlugin } from './crash-points.plugin';
import { packageFolderPlugin } from './package-folder.plugin';
import { swcPlugin } from './swc.plugin';
import { uninstalledPlugin } from './uninstalled.plugin';

/** What to bundle. */
export interface BundleInput {
  /** Holds tsconfig.base.json, .swcrc and node_modules. */
  root: string;
  entry: string;
  outFile: string;
  /** Can be made to end after any durable step (`libs/crash-points`): for crash tests only. */
  hasCrashPoints?: boolean;
  /** What to print of esbuild's findings; errors are thrown in any case. */
  logLevel?: LogLevel;
}

// Native code, WebAssembly, pages and data that are found by their path on disk: they stay in node_modules.
const EXTERNAL = [
  '@duckdb/*',
  'onnxruntime-web',
  'onnxruntime-web/*',
  'pdfkit',
  'swagger-ui-dist',
  '@fastify/static',
  '@grpc/reflection',
];

// Bundled, but they read files of their own.
const WITH_FILES = ['grpc-health-check'];

/**
 * Bundles one service to one CommonJS file with a source map: nine services start in a twentieth of the time they
 * need from node_modules.
 */
export async function bundle(input: BundleInput): Promise<void> {
  const { outputFiles } = await build({
    write: false,
    entryPoints: [input.entry],
    outfile: input.outFile,
    absWorkingDir: input.root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    keepNames: true,
    // A process keeps the text of its program in memory: without white space it is a third smaller. Names and lines are in the map.
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    tsconfig: join(input.root, 'tsconfig.base.json'),
    external: EXTERNAL,
    plugins: [
      ...(input.hasCrashPoints ? [crashPointsPlugin(input.root)] : []),
      swcPlugin(input.root),
      asciiPlugin(),
      packageFolderPlugin(WITH_FILES, dirname(input.outFile)),
      uninstalledPlugin(),
    ],
    logLevel: input.logLevel ?? 'warning',
    legalComments: 'none',
  });
  await mkdir(dirname(input.outFile), { recursive: true });
  for (const { path, text } of outputFiles) {
    await writeFile(path, path === input.outFile ? withClassesNamed(text) : text);
  }
}

const NAMES_ALL = 'var __name=(target,value)=>__defProp(target,"name",{value,configurable:true});';
// Not longer, because the source map counts columns. A function's name stays configurable when it is not said.
const NAMES_CLASSES = 'var __name=(t,value)=>value<"["&&t.prototype?__defProp(t,"name",{value}):t;';

/** esbuild names all functions, each time one is made, which hot calls pay for; only what begins with a capital letter, as classes do, is named. */
function withClassesNamed(code: string): string {
  if (!code.includes(NAMES_ALL)) throw new Error("esbuild's helper for names has changed");
  return code.replace(NAMES_ALL, NAMES_CLASSES.padEnd(NAMES_ALL.length));
}
