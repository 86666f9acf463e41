# The GPU app: the heavy activities. Build from the repository root.
# ONNX Runtime 1.26 is built for CUDA 12 and cuDNN 9; any 12.x driver of the platform will do. Only the libraries it links
# are taken from NVIDIA's image: about 2 GB instead of 5.
ARG DOTNET=10.0
ARG CUDA=12.8.1

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Functions/FrozenSeg.Functions.csproj -c Release -r linux-x64 --no-self-contained -o /app \
    -p:OnnxRuntimeVariant=gpu -p:DurableTaskScheduler=true

# Ubuntu 22.04: its libraries ask for no newer glibc than the Functions image has.
FROM nvidia/cuda:${CUDA}-cudnn-runtime-ubuntu22.04 AS cuda
RUN mkdir /cuda \
 && cp -P /usr/local/cuda/lib64/libcudart.so.12* \
          /usr/local/cuda/lib64/libcublas.so.12* \
          /usr/local/cuda/lib64/libcublasLt.so.12* \
          /usr/local/cuda/lib64/libcurand.so.10* \
          /usr/local/cuda/lib64/libcufft.so.11* \
          /usr/local/cuda/lib64/libnvrtc*.so.12* \
          /usr/lib/x86_64-linux-gnu/libcudnn*.so.9* \
          /cuda/

FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated${DOTNET}
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureWebJobsDisableHomepage=true \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    LD_LIBRARY_PATH=/opt/cuda \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=cuda /cuda /opt/cuda
COPY --from=build /app /home/site/wwwroot
