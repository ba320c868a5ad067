import { join } from 'node:path';
import type { StoryContext } from '../up/story';
import { AdminArbitrationApi } from './api/admin-arbitration.api';
import { AdminCampaignsApi } from './api/admin-campaigns.api';
import { AdminCustomersApi } from './api/admin-customers.api';
import { AdminMoneyApi } from './api/admin-money.api';
import { AdminNetworkApi } from './api/admin-network.api';
import { AdminReviewApi } from './api/admin-review.api';
import { AppApi } from './api/app.api';
import { MerchantApi } from './api/merchant.api';
import { OpenApi } from './api/open.api';
import { WorkbenchApi } from './api/workbench.api';
import type { SeatPlace } from './cast';
import { readBankFile, type BankFile } from './data/bank-file';
import { readBerkaFiles, type BerkaFiles } from './data/berka-files';
import { Caller } from './http/caller';
import { GatewayClient, type Credentials } from './http/gateway-client';
import { signedBy, type SigningKey } from './http/sign-request';
import { Journal } from './journal';
import { Progress } from './measure/progress';

type Claims = Parameters<StoryContext['issueDevToken']>[0];

const ROOT = join(__dirname, '..', '..');

/** What every step of the story works with: the platform as its people see it, the data, and the journal. */
export class World {
  readonly journal: Journal;
  readonly client: GatewayClient;
  readonly bank: BankFile = readBankFile(join(ROOT, 'data', 'bank-marketing'));
  readonly berka: BerkaFiles = readBerkaFiles(join(ROOT, 'data', 'berka'));
  readonly modelFolder = join(ROOT, 'data', 'models');
  readonly customers: AdminCustomersApi;
  readonly campaigns: AdminCampaignsApi;
  readonly arbitration: AdminArbitrationApi;
  readonly network: AdminNetworkApi;
  readonly money: AdminMoneyApi;
  readonly review: AdminReviewApi;
  readonly open: OpenApi;
  private readonly apps = new Map<string, AppApi>();
  private readonly agents = new Map<string, WorkbenchApi>();

  constructor(readonly context: StoryContext) {
    this.journal = Journal.open(join(context.dataDir, 'story.json'));
    this.client = new GatewayClient(context.gatewayUrl);
    const admin = this.staff('story-admin', ['admin']);
    const maker = this.staff('story-maker', ['maker', 'checker']);
    const checker = this.staff('story-checker', ['checker']);
    this.customers = new AdminCustomersApi(admin, maker);
    this.campaigns = new AdminCampaignsApi(maker, checker);
    this.arbitration = new AdminArbitrationApi(admin, checker);
    this.network = new AdminNetworkApi(admin, checker);
    this.money = new AdminMoneyApi(admin, checker);
    this.review = new AdminReviewApi(admin);
    this.open = new OpenApi(this.bearer({ sub: 'core-bank', kind: 'service', roles: ['intake'], org: 'hq' }));
  }

  /** A customer's phone. */
  app(customerId: string): AppApi {
    return remembered(this.apps, customerId, () => new AppApi(this.bearer({ sub: customerId, kind: 'customer' })));
  }

  /** The screen of the agent of a seat. */
  agent({ seatId, agentId, orgPath }: SeatPlace): WorkbenchApi {
    const claims: Claims = { sub: agentId, kind: 'staff', roles: ['agent'], org: orgPath };
    return remembered(this.agents, seatId, () => new WorkbenchApi(this.bearer(claims)));
  }

  merchant(key: SigningKey): MerchantApi {
    return new MerchantApi(new Caller(this.client, signedBy(key)));
  }

  /** A system that poses as a merchant's. */
  unsigned(): MerchantApi {
    return new MerchantApi(new Caller(this.client, () => ({})));
  }

  say(line: string): void {
    this.context.log(line);
  }

  progress(label: string, total: number): Progress {
    return new Progress((line) => this.say(line), label, total);
  }

  private staff(sub: string, roles: string[]): Caller {
    return this.bearer({ sub, kind: 'staff', roles, org: 'hq' });
  }

  private bearer(claims: Claims): Caller {
    let token: Promise<string> | undefined;
    const credentials: Credentials = async () => {
      token ??= this.context.issueDevToken(claims);
      return { authorization: `Bearer ${await token}` };
    };
    return new Caller(this.client, credentials);
  }
}

function remembered<T>(held: Map<string, T>, key: string, make: () => T): T {
  const known = held.get(key);
  if (known !== undefined) return known;
  const made = make();
  held.set(key, made);
  return made;
}
