const vm = require('node:vm');

/**
 * A `vm.compileFunction` that compiles each file once, however many contexts ask for it: suites of one worker share most of what they
 * load. Only the compiled text is kept. Each context makes its own functions of it, so that no suite sees another's state.
 */
module.exports.compileOnce = (compileFunction) => {
  const known = new Map();
  return (source, parameters, options) => {
    const { filename, parsingContext } = options ?? {};
    if (!filename || !parsingContext) return compileFunction(source, parameters, options);
    const head = `(function (${parameters.join(', ')}) {`;
    let one = known.get(filename);
    if (one?.head !== head || one.source !== source) {
      // The first line keeps its columns.
      const script = new vm.Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
      one = { head, source, script };
      known.set(filename, one);
    }
    return one.script.runInContext(parsingContext);
  };
};
