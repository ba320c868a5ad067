export { actorOf, isWithin, requireHeadOffice, requireMerchant, requireOrgScope, requireSelf } from './call-metadata';
export { fromServiceError, toGrpcStatus } from './error-mapping';
export { createClient, MESSAGE_BYTES_MAX, type ClientOptions } from './grpc-client';
export { GrpcController } from './grpc-controller';
export {
  fullServiceName,
  packageDefinition,
  type CallOptions,
  type Client,
  type GrpcService,
  type Handlers,
} from './service-definition';
export { toViolations, validated } from './validated';
