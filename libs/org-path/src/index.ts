export { isAtOrBelow, isOfOneLine } from './org-path';
