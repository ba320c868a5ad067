export { isAtOrBelow, isOfOneLine, ORG_PATH_LENGTH_MAX } from './org-path';
