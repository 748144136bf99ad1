# A small image with jflint, and with what the CI/CD component needs beside it: git, curl and a shell.
FROM rust:1.95-alpine AS build
WORKDIR /source
# mimalloc is C.
# hadolint ignore=DL3018
RUN apk add --no-cache build-base
COPY . .
RUN cargo build --release --locked

FROM alpine:3.22
# Whatever versions this release of Alpine has are the ones that are patched.
# hadolint ignore=DL3018
RUN apk add --no-cache ca-certificates curl git
COPY --from=build /source/target/release/jflint /usr/local/bin/jflint
WORKDIR /data
# Pages that are mounted belong to another user than root.
RUN git config --system --add safe.directory '*'
CMD ["jflint", "--help"]
