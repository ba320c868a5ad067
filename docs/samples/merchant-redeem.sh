#!/usr/bin/env bash
# Redeems a benefit at a till with nothing but openssl and curl.
# usage: merchant-redeem.sh <gateway url> <key id> <private key, PEM> <code> <store id> <clerk id> <order amount, minor units>
set -euo pipefail
gateway=$1 key_id=$2 private_key=$3

url="$gateway/merchant/v1/redemptions"
body=$(printf '{"code":"%s","storeId":"%s","clerkId":"%s","orderAmountMinor":%d}' "$4" "$5" "$6" "$7")
# Keep the key of a write until it was answered: the same key again gives the first answer.
idempotency_key=${IDEMPOTENCY_KEY:-$(openssl rand -hex 16)}
digest="sha-256=:$(printf %s "$body" | openssl dgst -sha256 -binary | base64):"

created=$(date +%s)
components='("@method" "@target-uri" "content-digest" "idempotency-key")'
params="$components;created=$created;expires=$((created + 60));nonce=\"$(openssl rand -hex 16)\";keyid=\"$key_id\""

# The signature base: a line for each component and one for the parameters, no line feed at the end.
base=$(mktemp)
trap 'rm -f "$base"' EXIT
printf '"@method": POST\n"@target-uri": %s\n"content-digest": %s\n"idempotency-key": %s\n"@signature-params": %s' \
  "$url" "$digest" "$idempotency_key" "$params" >"$base"
signature=$(openssl pkeyutl -sign -inkey "$private_key" -rawin -in "$base" | base64 | tr -d '\n')

curl --silent --show-error --max-time 10 "$url" \
  --header 'content-type: application/json' \
  --header "content-digest: $digest" \
  --header "idempotency-key: $idempotency_key" \
  --header "signature-input: tidegate=$params" \
  --header "signature: tidegate=:$signature:" \
  --data-binary "$body" --write-out '\n%{http_code}\n'
