/** What can go wrong while bringing up the databases and brokers; each has one cause a person can act on. */
export type InfraErrorReason =
  | 'MONGODB_UNREACHABLE'
  | 'NATS_UNREACHABLE'
  | 'PYTHON_NOT_FOUND'
  | 'PYTHON_VENV_MISSING'
  | 'PACKAGE_REGISTRY_UNREACHABLE'
  | 'EMBEDDED_INSTALL_FAILED'
  | 'PORT_TAKEN'
  | 'NO_FREE_PORT'
  | 'DATA_FOLDER_IN_USE'
  | 'SERVER_START_FAILED'
  | 'SERVER_NOT_OWNED';

/** A failure of the infrastructure; `message` says what to do, `reason` is stable. */
export class InfraError extends Error {
  override readonly name = 'InfraError';

  constructor(
    readonly reason: InfraErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
