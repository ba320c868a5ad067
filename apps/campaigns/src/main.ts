import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { startService } from '@tidegate/service';
import { CampaignsModule } from './campaigns.module';

void startService({ name: 'campaigns', module: CampaignsModule, grpc: [CampaignsServiceService] });
