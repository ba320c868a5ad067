import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { startService } from '@tidegate/service';
import { CustomersModule } from './customers.module';

void startService({ name: 'customers', module: CustomersModule, grpc: [CustomersServiceService] });
