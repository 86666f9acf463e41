# frozenseg serve alone: the HTTP API and its page. Build from the repository root; compose.yaml runs it.
ARG DOTNET=10.0

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/Cli/FrozenSeg.Cli.csproj -c Release -o /app \
    -r linux-$([ "$TARGETARCH" = arm64 ] && echo arm64 || echo x64) \
 && mkdir -p /data/models /data/state

FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET}
COPY --from=build /app /app
# The image's own user, which can write nowhere but here.
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
ENV FROZENSEG_HOME=/data/state FROZENSEG_MODELS=/data/models
VOLUME ["/data/models", "/data/state"]
EXPOSE 8080
# There is no curl in the image, but bash opens connections. The route asks for no key.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /api/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# Keys come in FROZENSEG_KEYS; without one it does not start, for others could use it.
ENTRYPOINT ["/app/frozenseg"]
CMD ["serve", "--urls", "http://0.0.0.0:8080", "--state", "/data/state/service"]
