# The program with its playground, in an image that holds nothing else. Build it from
# a checkout: docker build --build-arg VERSION=v1.2.3 -t chancery .

FROM node:22-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci
COPY web/ ./
RUN npm run build

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . ./
COPY --from=web /src/web/dist/ web/dist/
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.release=$VERSION" -o /out/chancery .
RUN mkdir /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/chancery /chancery
COPY --from=build --chown=65532:65532 /out/data /data
ENV CHANCERY_DATA=/data/chancery.db CHANCERY_LISTEN=:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/chancery", "health"]
ENTRYPOINT ["/chancery"]
CMD ["serve"]
