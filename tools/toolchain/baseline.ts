/** The contracts as others may rely on them: `buf breaking` compares with this image. */
export const BASELINE = 'proto/baseline.binpb';
