# The sample, as an image. It was written where no container engine runs, so it has not been built yet.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/libs/vodapay/package.json ./libs/vodapay/
COPY --from=build /app/libs/vodapay/dist ./libs/vodapay/dist
COPY --from=build /app/apps/wallet/package.json ./apps/wallet/
COPY --from=build /app/dist/apps/sample ./dist/apps/sample
USER node
EXPOSE 3000
# Live says that the process answers; whether the database does is for the balancer: GET /health.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/sample/main.js"]
