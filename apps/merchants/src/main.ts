import { startService } from '@tidegate/service';
import { MERCHANTS_SERVICES } from './merchants-services';
import { MerchantsModule } from './merchants.module';

void startService({ name: 'merchants', module: MerchantsModule, grpc: MERCHANTS_SERVICES });
