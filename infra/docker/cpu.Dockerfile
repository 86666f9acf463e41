# The CPU app: triggers, HTTP API, orchestrations and light activities. Build from the repository root.
# Images are pinned by digest, which pin.sh writes where a registry is within reach; that of the Functions image is still to come.

FROM mcr.microsoft.com/dotnet/sdk:10.0.401@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Functions/FrozenSeg.Functions.csproj -c Release -r linux-x64 --no-self-contained -o /app \
    -p:OnnxRuntimeVariant=cpu -p:DurableTaskScheduler=true

FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0
# Nobody here is root: a port above 1024, and a home that its user may write to; the app itself stays root's.
RUN mkdir -p /home/LogFiles /home/data && chown 1654:1654 /home /home/LogFiles /home/data
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureWebJobsDisableHomepage=true \
    ASPNETCORE_URLS=http://+:8080 \
    HOME=/home \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true
COPY --from=build /app /home/site/wwwroot
USER 1654:1654
