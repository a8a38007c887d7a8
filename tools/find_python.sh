#!/bin/sh
# Print the first Python on this machine that is 3.11 or later, or say what is missing.
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$name"
        exit 0
    fi
done
echo "Python 3.11 or later is needed, and none was found. Install it, or name it: make run PYTHON=/path/to/python3" >&2
exit 1
