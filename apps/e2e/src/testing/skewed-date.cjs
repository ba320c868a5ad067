// Loaded before a service of a journey: its clock is so many milliseconds off as a file says, which the test may change.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { CLOCK_FOLDER: folder, SERVICE_NAME: service } = process.env;
const RealDate = Date;

function offsetMs() {
  try {
    return Number(readFileSync(join(folder, service), 'utf8'));
  } catch {
    return 0;
  }
}

const now = () => RealDate.now() + offsetMs();

if (folder && service) {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget === globalThis.Date ? target : newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  RealDate.prototype.constructor = globalThis.Date;
}
