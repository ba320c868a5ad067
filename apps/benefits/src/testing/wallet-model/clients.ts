import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { HuntsServiceService } from '@tidegate/contracts/benefits/v1/hunts';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import { createClient, type Client, type GrpcService } from '@tidegate/grpc';
import { asActor, headOffice } from '@tidegate/testing';
import type { WalletFixture } from '../wallet.fixture';

const SERVICES = {
  benefits: BenefitsServiceService,
  points: PointsServiceService,
  exchanges: ExchangeServiceService,
  signIns: SignInServiceService,
  hunts: HuntsServiceService,
  fission: FissionServiceService,
  rewards: RewardsServiceService,
  shares: SharesServiceService,
  pools: CodePoolsServiceService,
} satisfies Record<string, GrpcService>;

/** Clients of all that the wallet offers. */
export type WalletClients = { [N in keyof typeof SERVICES]: Client<(typeof SERVICES)[N]> } & {
  /** As the customer whose code it is. */
  poolsAs(customerId: string): Client<typeof CodePoolsServiceService>;
  /** Names of the rpcs that were called. */
  called: ReadonlySet<string>;
  close(): void;
};

/** As staff of the head office. */
export function openClients({ service }: WalletFixture, id = headOffice.id): WalletClients {
  const called = new Set<string>();
  const noting = <C extends object>(client: C): C =>
    new Proxy(client, {
      get: (target, name, receiver) => {
        called.add(String(name));
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
  const entries = Object.entries(SERVICES).map(([name, each]) => [name, noting(service.client(each, { id }))]);
  const clients = Object.fromEntries(entries) as Pick<WalletClients, keyof typeof SERVICES>;
  const channel = createClient(CodePoolsServiceService, service.url, { deadlineMs: 60_000 });
  const poolsAs = (customerId: string) =>
    noting(asActor<typeof CodePoolsServiceService>(channel, { ...headOffice, kind: 'customer', id: customerId }));
  return { ...clients, poolsAs, called, close: () => channel.close() };
}
