export { actorOf, requireHeadOffice, requireMerchant, requireOrgScope, requireSelf } from './call-metadata';
export { fromStatus, toGrpcStatus } from './error-mapping';
export { createClient, type ClientOptions } from './grpc-client';
export { GrpcController } from './grpc-controller';
export { GrpcInlets, type GrpcInletsOptions } from './grpc-inlets';
export { IsIsoCurrency } from './is-iso-currency';
export { fullServiceName, type CallOptions, type Client, type GrpcService, type Handlers } from './service-definition';
export { toViolations, validated } from './validated';
