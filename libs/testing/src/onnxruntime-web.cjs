// Stands where jest would load onnxruntime-web: the package imports its WebAssembly loader at run time, which jest's sandbox refuses.
// So the real package is loaded outside the sandbox, by the process's own require.
const { runInThisContext } = require('node:vm');

const outerProcess = runInThisContext('process');
module.exports = outerProcess.getBuiltinModule('node:module').createRequire(__filename)('onnxruntime-web');

// The package tells tensors' data by class, and a sandbox has classes of its own.
globalThis.Float32Array = runInThisContext('Float32Array');
