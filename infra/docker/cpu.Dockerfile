# The CPU app: triggers, HTTP API, orchestrations and light activities. Build from the repository root.
ARG DOTNET=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Functions/FrozenSeg.Functions.csproj -c Release -r linux-x64 --no-self-contained -o /app \
    -p:OnnxRuntimeVariant=cpu -p:DurableTaskScheduler=true

FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated${DOTNET}
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureWebJobsDisableHomepage=true \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true
COPY --from=build /app /home/site/wwwroot
