#!/bin/sh
# Starts a PostgreSQL server of its own for tests and prints its address; stops it and removes all that it wrote when
# the standard input ends, which it also does when the test that started it is killed.
set -eu

# PostgreSQL refuses to run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi
}

programs() {
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
        [ -x "$folder/initdb" ] && echo "$folder"
    done
    if command -v initdb >/dev/null; then dirname "$(command -v initdb)"; fi
}

bin=$(programs | head -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: run ./test, which installs it" >&2; exit 1; }
folder=$(mktemp -d /tmp/daybook-postgres.XXXXXX)
cd "$folder"
stop() {
    unprivileged "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' INT TERM HUP
[ "$(id -u)" != 0 ] || chown nobody "$folder"

# Nothing of a test has to outlive a power cut, so nothing waits for the disk.
unprivileged "$bin/initdb" -D "$folder/data" -U daybook -A trust -E UTF8 --locale=C --no-sync >"$folder/log"
unprivileged "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w \
    -o "-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c max_connections=200" start \
    >>"$folder/log" </dev/null || { cat "$folder/log" "$folder/data/log" >&2; exit 1; }
echo "postgres:///postgres?host=$folder&user=daybook"
cat >/dev/null
