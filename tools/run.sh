#!/bin/sh
# Starts the dashboard on this machine. Says so plainly when the port is taken.
# Usage: sh tools/run.sh 8501
set -eu
cd "$(dirname "$0")/.."
port=$1

taken() {
    .venv/bin/python -c 'import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(0)
sys.exit(1)' "$port"
}

if taken; then
    printf '%s\n' "Port $port is taken: something is listening on 127.0.0.1:$port already, perhaps this dashboard." \
        "Open http://127.0.0.1:$port, or choose another port: make run PORT=$((port + 1))" >&2
    exit 1
fi
echo "The dashboard starts. In a few seconds: http://127.0.0.1:$port   (stop it with Ctrl+C)"
exec .venv/bin/python -m streamlit run dashboard.py --server.port "$port" --logger.hideWelcomeMessage true
