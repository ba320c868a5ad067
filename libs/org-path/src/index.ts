export { isAtOrBelow } from './org-path';
