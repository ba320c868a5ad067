import { startService } from '@tidegate/service';
import { CAMPAIGNS_SERVICES } from './campaigns-services';
import { CampaignsModule } from './campaigns.module';

void startService({ name: 'campaigns', module: CampaignsModule, grpc: CAMPAIGNS_SERVICES });
