import { ensureDevKeys } from './dev-keys';

// The one-shot container of docker-compose.yml: node main.js <file>
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: node main.js <file>');
console.log(
  ensureDevKeys(file, process.env['NODE_ENV'] ?? 'development') ? `Made ${file}` : `${file} is there already`,
);
