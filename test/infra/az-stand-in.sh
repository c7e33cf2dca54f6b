#!/bin/sh
# In the place of az in tests: hands its arguments to the test, which answers as az rest does, and fails where the test answers with an error.
if answer=$(printf '%s\0' "$@" | curl --silent --show-error --fail-with-body --data-binary @- "$GATEHOUSE_TEST_AZ"); then
  [ -z "$answer" ] || printf '%s\n' "$answer"
else
  printf 'ERROR: %s\n' "$answer" >&2
  exit 1
fi
