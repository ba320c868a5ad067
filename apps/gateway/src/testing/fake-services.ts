import type { Metadata } from '@grpc/grpc-js';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { actorOf, type GrpcService } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { fakePeer } from '@tidegate/testing';

const SERVICES: Record<string, GrpcService> = {
  arbitration: ArbitrationServiceService,
  benefits: BenefitsServiceService,
  campaigns: CampaignsServiceService,
  customers: CustomersServiceService,
  delivery: DeliveryServiceService,
  leads: LeadsServiceService,
  merchants: MerchantsServiceService,
  review: ReviewServiceService,
};

/** One call that a fake service got. */
export interface SeenCall {
  /** e.g. benefits.claimBenefit. */
  rpc: string;
  request: Record<string, unknown>;
  actor: Actor;
  /** Of the trace that the call carried. */
  traceId: string;
}

type Answer = (request: Record<string, unknown>) => unknown;

/** Every service behind the gateway, played over real gRPC; a test says what each rpc answers. */
export class FakeServices {
  readonly calls: SeenCall[] = [];
  private readonly answers = new Map<string, Answer>();
  private fallback: Answer = () => ({});
  private readonly stops: (() => Promise<void>)[] = [];
  readonly urls: Record<string, string> = {};

  static async start(): Promise<FakeServices> {
    const fakes = new FakeServices();
    for (const [name, service] of Object.entries(SERVICES)) {
      const handlers = Object.fromEntries(
        Object.entries(service).map(([method, { responseDeserialize }]) => [
          method,
          fakes.handler(`${name}.${method}`, () => responseDeserialize(Buffer.alloc(0)) as object),
        ]),
      );
      const { url, stop } = await fakePeer(service, handlers);
      fakes.urls[name] = url;
      fakes.stops.push(stop);
    }
    return fakes;
  }

  static get rpcs(): string[] {
    return Object.entries(SERVICES).flatMap(([name, service]) => Object.keys(service).map((rpc) => `${name}.${rpc}`));
  }

  answer(rpc: string, answer: Answer): void {
    this.answers.set(rpc, answer);
  }

  /** What every rpc without an answer of its own says. */
  answerRest(answer: Answer): void {
    this.fallback = answer;
  }

  lastCall(rpc: string): SeenCall | undefined {
    return this.calls.findLast((call) => call.rpc === rpc);
  }

  async stop(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
  }

  private handler(rpc: string, empty: () => object) {
    return async (request: Record<string, unknown>, metadata: Metadata): Promise<unknown> => {
      const traceId = String(metadata.get('traceparent')[0]).split('-')[1] ?? '';
      this.calls.push({ rpc, request, actor: actorOf(metadata), traceId });
      // What an answer leaves out is as a service would leave it out.
      return { ...empty(), ...((this.answers.get(rpc) ?? this.fallback)(request) as object | undefined) };
    };
  }
}
