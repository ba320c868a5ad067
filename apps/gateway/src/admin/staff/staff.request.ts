import { field } from '../../http/field';

export class StaffMemberRequest {
  @field.text({ max: 100 })
  name!: string;

  @field.text({
    max: 256,
    example: 'hq/east',
    description: 'Where the person works; tokens for other places are refused.',
  })
  orgPath!: string;
}

export class StaffStateRequest {
  @field.oneOf(['active', 'suspended', 'left'])
  state!: string;

  @field.text({ max: 200 })
  reason!: string;
}
