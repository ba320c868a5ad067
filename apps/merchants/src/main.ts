import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { startService } from '@tidegate/service';
import { MerchantsModule } from './merchants.module';

void startService({ name: 'merchants', module: MerchantsModule, grpc: [MerchantsServiceService] });
