#!/usr/bin/env bash
# Reads the drafts, writes annotations, a summary and a SARIF file. Ends with 0 unless copydesk cannot be started: the
# exit code of copydesk is an output, so that what follows can still upload the report.
set -euo pipefail

output() { echo "$1=$2" >>"${GITHUB_OUTPUT:?}"; }

read -r -a paths <<<"${COPYDESK_PATHS:-.}"
read -r -a more <<<"${COPYDESK_ARGS:-}"
arguments=()

since="${COPYDESK_SINCE:-}"
base="${GITHUB_BASE_REF:-}"
if [ -z "$since" ] && [ -n "$base" ]; then
  since="origin/$base"
  # actions/checkout fetches one commit: the one where the branches part is needed, too.
  refspec="+refs/heads/$base:refs/remotes/origin/$base"
  if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    git fetch --quiet --no-tags --unshallow origin "$refspec"
  elif ! git rev-parse --verify --quiet "$since^{commit}" >/dev/null; then
    git fetch --quiet --no-tags origin "$refspec"
  fi
fi
if [ -n "$since" ] && [ "$since" != all ]; then
  arguments+=(--since "$since")
fi

case "${COPYDESK_FAIL_ON:-error}" in
  never) arguments+=(--max-findings 1000000000) ;;
  *) arguments+=(--fail-on "${COPYDESK_FAIL_ON:-error}") ;;
esac

sarif="${RUNNER_TEMP:?}/copydesk.sarif"
summary="$RUNNER_TEMP/copydesk.md"
rm -f "$sarif" "$summary"
code=0
copydesk check --format github --format "sarif=$sarif" --format "markdown=$summary" \
  ${arguments[@]+"${arguments[@]}"} ${more[@]+"${more[@]}"} -- "${paths[@]}" || code=$?

if [ -f "$summary" ]; then cat "$summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"; fi
if [ -f "$sarif" ]; then output sarif-file "$sarif"; fi
output exit-code "$code"
