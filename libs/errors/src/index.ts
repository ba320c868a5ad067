export {
  DomainError,
  invalid,
  isRetryable,
  notFound,
  refused,
  type DomainErrorInit,
  type ErrorCode,
  type FieldViolation,
} from './domain-error';
export { toProblem, type Problem } from './problem';
