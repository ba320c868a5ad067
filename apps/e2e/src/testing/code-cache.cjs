// Loaded before a service of a journey: its bundle is compiled at its first start, not anew at each of some three hundred.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Module } = require('node:module');
const { basename, dirname, join, relative } = require('node:path');
const { constants, Script } = require('node:vm');

const HASH_BYTES = 32;
/** By then it serves: what its start needs is compiled. */
const STARTED_MS = 5_000;
const dist = join(__dirname, '..', '..', '..', '..', 'dist');
const compile = Module.prototype._compile;

/** Compiled code of a bundle, one file for each; that of another text, version or setting of V8 counts for none. */
class CodeCache {
  constructor(bundle, content) {
    this.file = join(dist, 'code-caches', `${basename(dirname(dirname(bundle)))}-${basename(dirname(bundle))}`);
    this.hash = createHash('sha256')
      .update(process.version)
      .update(process.execArgv.join(' '))
      .update(content)
      .digest();
  }

  read() {
    try {
      const stored = readFileSync(this.file);
      return this.hash.equals(stored.subarray(0, HASH_BYTES)) ? stored.subarray(HASH_BYTES) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Unless another did meanwhile. */
  write(script) {
    if (this.read()) return;
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, Buffer.concat([this.hash, script.createCachedData()]));
    renameSync(draft, this.file);
  }
}

Module.prototype._compile = function compileWithCache(content, filename) {
  if (basename(filename) !== 'main.js' || relative(dist, filename).startsWith('..'))
    return compile.call(this, content, filename);
  const cache = new CodeCache(filename, content);
  const cachedData = cache.read();
  const script = new Script(Module.wrap(content), {
    filename,
    cachedData,
    columnOffset: -Module.wrap('').indexOf('\n'),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (!cachedData) setTimeout(() => cache.write(script), STARTED_MS).unref();
  const require = Module.createRequire(filename);
  return script.runInThisContext().call(this.exports, this.exports, require, this, filename, dirname(filename));
};
