# The GPU app: the heavy activities. Build from the repository root.
# ONNX Runtime 1.26 is built for CUDA 12 and cuDNN 9; any 12.x driver of the platform will do. Only the libraries it links
# are taken from NVIDIA's image: about 2 GB instead of 5.
# Images are pinned by digest, which pin.sh writes where a registry is within reach; that of the Functions image is still to come.

FROM mcr.microsoft.com/dotnet/sdk:10.0.401@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Functions/FrozenSeg.Functions.csproj -c Release -r linux-x64 --no-self-contained -o /app \
    -p:OnnxRuntimeVariant=gpu -p:DurableTaskScheduler=true

# Ubuntu 22.04: its libraries ask for no newer glibc than the Functions image has.
FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04@sha256:59e0e4376a0f16d10b03d3a14344b80a866a1674cb4948cb318291387ac05010 AS cuda
RUN mkdir /cuda \
 && cp -P /usr/local/cuda/lib64/libcudart.so.12* \
          /usr/local/cuda/lib64/libcublas.so.12* \
          /usr/local/cuda/lib64/libcublasLt.so.12* \
          /usr/local/cuda/lib64/libcurand.so.10* \
          /usr/local/cuda/lib64/libcufft.so.11* \
          /usr/local/cuda/lib64/libnvrtc*.so.12* \
          /usr/lib/x86_64-linux-gnu/libcudnn*.so.9* \
          /cuda/

FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0
# Nobody here is root: a port above 1024, and a home that its user may write to; the app itself stays root's.
RUN mkdir -p /home/LogFiles /home/data && chown 1654:1654 /home /home/LogFiles /home/data
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureWebJobsDisableHomepage=true \
    ASPNETCORE_URLS=http://+:8080 \
    HOME=/home \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    LD_LIBRARY_PATH=/opt/cuda \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=cuda /cuda /opt/cuda
COPY --from=build /app /home/site/wwwroot
USER 1654:1654
