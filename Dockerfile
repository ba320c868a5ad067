# One image for every service: docker build --build-arg SERVICE=benefits .
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY .swcrc tsconfig.base.json tsconfig.json ./
COPY tools ./tools
COPY libs ./libs
COPY apps ./apps
ARG SERVICE
RUN node --import tsx tools/build/main.ts "$SERVICE" \
  && test -f "dist/apps/$SERVICE/main.js" \
  && npx esbuild tools/up/write-dev-keys.ts --bundle --platform=node --outfile=dist/keys/main.js
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 GRPC_HOST=0.0.0.0 METRICS_HOST=0.0.0.0 HTTP_HOST=0.0.0.0
WORKDIR /app
# Volumes mounted here take over their owner.
RUN mkdir /keys /data && chown node:node /keys /data
COPY --from=build /app/node_modules ./node_modules
COPY data/models ./data/models
COPY data/fonts ./data/fonts
COPY --from=build /app/dist ./dist
ARG SERVICE
ENV SERVICE_NAME=$SERVICE
USER node
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.METRICS_PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# exec: the service itself receives SIGTERM. The option: tools/up/services.ts.
CMD ["sh", "-c", "exec node --no-allocation-site-pretenuring dist/apps/$SERVICE_NAME/main.js"]
