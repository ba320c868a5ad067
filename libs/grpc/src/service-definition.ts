import type { Metadata } from '@grpc/grpc-js';

/** One unary method as ts-proto generates it. */
export interface UnaryMethod<Request, Response> {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly requestSerialize: (value: Request) => Buffer;
  readonly requestDeserialize: (value: Buffer) => Request;
  readonly responseSerialize: (value: Response) => Buffer;
  readonly responseDeserialize: (value: Buffer) => Response;
}

/** A generated service definition, e.g. BenefitsServiceService. */
// The message types differ per method; each is recovered by inference below.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type GrpcService = Readonly<Record<string, UnaryMethod<any, any>>>;

export type RequestOf<M> = M extends { readonly requestSerialize: (value: infer Q) => Buffer } ? Q : never;
export type ResponseOf<M> = M extends { readonly responseDeserialize: (value: Buffer) => infer R } ? R : never;

/** What a controller implements: one promise method per rpc. */
export type Handlers<S extends GrpcService> = {
  [K in keyof S]: (request: RequestOf<S[K]>, metadata: Metadata) => Promise<ResponseOf<S[K]>>;
};

/** What a client offers: one promise method per rpc. */
export type Client<S extends GrpcService> = {
  [K in keyof S]: (request: RequestOf<S[K]>, options?: CallOptions) => Promise<ResponseOf<S[K]>>;
};

export interface CallOptions {
  deadlineMs?: number;
}

/** Full name from any method's path: `/tidegate.benefits.v1.BenefitsService/ClaimBenefit`. */
export function fullServiceName(service: GrpcService): string {
  const name = Object.values(service)[0]?.path.split('/')[1];
  if (!name) throw new Error('a gRPC service without methods');
  return name;
}
