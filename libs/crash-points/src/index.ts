export { afterStep, hasCrashPoints, watchWrites } from './after-step';
