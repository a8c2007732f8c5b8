# docker build -t copydesk .
# docker run --rm -v "$PWD:/drafts" copydesk check
FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
# No shared library is needed: the program runs on any Linux.
RUN RUSTFLAGS="-C target-feature=+crt-static" \
    cargo build --release --locked --target "$(uname -m)-unknown-linux-gnu" \
    && cp "target/$(uname -m)-unknown-linux-gnu/release/copydesk" /copydesk

FROM alpine:3
# git is for --since and --staged; the folder that is mounted belongs to somebody else.
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /copydesk /usr/local/bin/copydesk
WORKDIR /drafts
ENTRYPOINT ["copydesk"]
CMD ["check"]
