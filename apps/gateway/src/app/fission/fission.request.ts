import { field } from '../../http/field';

export class DeviceBody {
  @field.text({ min: 8, max: 128, description: 'As the app knows the device; kept as a keyed digest.' })
  deviceId!: string;
}
